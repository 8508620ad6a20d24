// A question before something is done: Block Kit's confirm dialogs, and the page's own.

import { byId, fill, h } from "./dom.js";

/** Ask; gives true when confirmed. `content` is nodes. */
export function ask({ title, content, confirm = "Yes", deny = "Cancel", danger = false }) {
  const dialog = byId("ask");
  const back = document.activeElement;
  const yes = h("button", { type: "submit", class: danger ? "button danger" : "button primary", value: "yes" }, confirm);
  const no = h("button", { type: "button", class: "button", onclick: () => dialog.close("no") }, deny);
  dialog.replaceChildren();
  dialog.setAttribute("aria-labelledby", "ask-title");
  fill(dialog, h("form", { method: "dialog" },
    h("h2", { class: "modal-title", id: "ask-title" }, title),
    h("div", { class: "modal-body text" }, content),
    h("div", { class: "modal-foot" }, no, yes)));
  dialog.returnValue = "no";
  dialog.showModal();
  yes.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      back?.isConnected && back.focus({ preventScroll: true });
      resolve(dialog.returnValue === "yes");
    }, { once: true });
  });
}
