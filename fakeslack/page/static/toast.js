// A sentence at the edge of the page when something did not work.

import { byId, fill, h, iconButton } from "./dom.js";

const SHOWN_MS = 9000;

export function toast(sentence) {
  const box = byId("toasts");
  for (const old of box.children) if (old.firstChild.textContent === sentence) old.remove();
  const element = h("div", { class: "toast" }, h("p", {}, sentence));
  const close = iconButton("close", "Dismiss", () => element.remove());
  fill(element, close);
  box.append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}

/** Say something to a screen reader only. */
export function announce(sentence) {
  byId("announcer").textContent = sentence;
}
