// The thread pane: a parent, its replies, a message box.

import { drawComposer } from "./composer.js";
import { drawConversation, threadMessages } from "./conversation.js";
import { byId, h, iconButton } from "./dom.js";
import { channel, go, state, titleOf } from "./state.js";

let before = null;

export function closeThread() {
  const ts = state.thread;
  go({ thread: null, editing: null });
  byId("messages").querySelector(`[data-ts="${CSS.escape(ts ?? "")}"]`)?.focus();
}

function build(pane) {
  const close = iconButton("close", "Close thread", closeThread);
  pane.replaceChildren(
    h("header", { class: "pane-head" }, h("h2", { class: "pane-title" }, "Thread"), h("span", { class: "pane-note" }), close),
    h("div", { class: "messages thread-messages", tabindex: -1 }),
    h("div", { class: "compose" }));
  pane.onkeydown = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  };
}

export function drawThread() {
  const pane = byId("thread");
  const here = channel(state.channel);
  pane.hidden = !(state.thread && here);
  document.body.classList.toggle("with-thread", !pane.hidden);
  if (pane.hidden) {
    before = null;
    return;
  }
  if (!pane.firstElementChild) build(pane);
  pane.querySelector(".pane-note").textContent = here.is_im ? titleOf(here) : `#${titleOf(here)}`;
  const place = `${state.channel}/${state.thread}`;
  const messages = threadMessages(state.channel, state.thread);
  drawConversation(pane.querySelector(".messages"), { channel: state.channel, messages, inThread: true, place });
  pane.querySelector(".compose").hidden = !here.members.includes(state.as);
  drawComposer(pane.querySelector(".compose"), { channel: state.channel, thread: state.thread, label: "Reply…", messages });
  if (before !== place && !document.querySelector("dialog[open]") && !matchMedia("(hover: none)").matches) pane.querySelector(".compose textarea").focus({ preventScroll: true });
  before = place;
}
