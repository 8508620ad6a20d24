// The app's modal: its blocks as a form, its errors, its stack. What was typed survives the app's updates of it.

import { act } from "./api.js";
import { byId, digest, fill, h, iconButton } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { closeMenu } from "./menu.js";
import { blocks } from "./render/blocks.js";
import { showErrors } from "./render/inputs.js";
import { state } from "./state.js";
import { toast } from "./toast.js";
import { forget, valuesOf } from "./values.js";

let shown = { id: null, hash: null };
const stackOf = () => state.snapshot?.views ?? (state.snapshot?.view ? [state.snapshot.view] : []);

export function drawModal() {
  const dialog = byId("modal");
  const stack = stackOf();
  const view = stack.at(-1);
  if (!view) return leave(dialog);
  const { state: _typed, ...look } = view;
  const hash = digest(JSON.stringify([look, stack.length, state.as]));
  if (shown.hash === hash && dialog.open) return undefined;
  const mark = dialog.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const same = shown.id === view.id;
  const scroll = dialog.querySelector(".modal-body")?.scrollTop ?? 0;
  shown = { id: view.id, hash };
  closeMenu();
  dialog.replaceChildren();
  dialog.setAttribute("aria-labelledby", "modal-title");
  fill(dialog, form(dialog, view, stack.length));
  if (!dialog.open) dialog.showModal();
  return place(dialog, same ? mark : null, same ? scroll : 0);
}

function place(dialog, mark, scroll) {
  dialog.querySelector(".modal-body").scrollTop = scroll;
  const marked = mark && [...dialog.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === mark);
  (marked || dialog.querySelector(".modal-body :is(input, textarea, select, button)") || dialog.querySelector("button")).focus({ preventScroll: Boolean(mark) });
}

function leave(dialog) {
  if (shown.id) forget(shown.id);
  shown = { id: null, hash: null };
  if (dialog.open) dialog.close();
}

function form(dialog, view, depth) {
  const values = valuesOf(view.id, view.blocks);
  const context = {
    surface: "modal",
    values,
    act: (block, element, selected) =>
      act(state.as, "click_view", { view_id: view.id, action_id: element.action_id, block_id: block.block_id, selected, state: values.all() }),
  };
  const submit = view.submit ? h("button", { type: "submit", class: "button primary" }, withEmoji(view.submit.text)) : null;
  const node = h("form", {
    class: "modal-form", novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      if (view.submit) send(node, view, values, submit);
    },
    onkeydown: (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) node.requestSubmit();
    },
  },
  h("header", { class: "modal-head" }, h("h2", { class: "modal-title", id: "modal-title" }, withEmoji(view.title?.text ?? "")),
    depth > 1 ? h("span", { class: "modal-depth" }, `${depth} open`) : null, iconButton("close", "Close", close)),
  h("div", { class: "modal-body" }, h("div", { class: "modal-errors", role: "alert" }), blocks(view.blocks, context)),
  h("footer", { class: "modal-foot" }, h("button", { type: "button", class: "button", onclick: close }, withEmoji(view.close?.text ?? (depth > 1 ? "Back" : "Cancel"))), submit));
  return node;
}

async function close() {
  await act(state.as, "close_view", {});
}

async function send(node, view, values, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const given = values.all();
  button.setAttribute("aria-busy", "true");
  const answer = await act(state.as, "submit", { values: given });
  button.removeAttribute("aria-busy");
  const general = showErrors(node, answer?.errors ?? {});
  node.querySelector(".modal-errors").textContent = general.join(" ");
  if (answer === undefined) toast("The form was not sent. What you typed is still here.");
}

/** Esc closes the view by telling the app, not only on this page. */
export function wireModal() {
  byId("modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  byId("modal").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      close();
    }
  });
}
