// Editing one's own message in place.

import { act } from "./api.js";
import { h } from "./dom.js";
import { grow } from "./grow.js";
import { unescape } from "./render/mrkdwn.js";
import { changed, channels, draft, keepDraft, nameOf, state } from "./state.js";

/** A message's stored text as its author would type it. */
function typed(text) {
  const named = String(text ?? "")
    .replaceAll(/<@([UW]\w+)(?:\|[^>]*)?>/g, (_whole, id) => `@${nameOf(id)}`)
    .replaceAll(/<#([CG]\w+)(?:\|[^>]*)?>/g, (whole, id) => (channels().find((each) => each.id === id) ? `#${channels().find((each) => each.id === id).name}` : whole))
    .replaceAll(/<((?:https?|mailto):[^>|]+)\|([^>]+)>/g, (_whole, url, words) => (url.endsWith(words) ? words : url))
    .replaceAll(/<((?:https?|mailto):[^>|]+)>/g, "$1");
  return unescape(named);
}

export function editor(message, channel) {
  const key = `edit/${channel}/${message.ts}`;
  const kept = draft(key);
  const box = h("textarea", {
    class: "edit-box", "aria-label": "Edit message", rows: 1, "data-focus": "editor", value: kept.text || typed(message.text),
    oninput: () => {
      keepDraft(key, { text: box.value, files: [] });
      grow(box);
    },
    onkeydown: (event) => {
      if (event.key === "Escape") stop(event, () => leave(key));
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) stop(event, () => save(message, channel, box, key));
    },
  });
  requestAnimationFrame(() => {
    grow(box);
    if (!box.contains(document.activeElement)) box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  });
  return h("div", { class: "editor" }, box, h("div", { class: "edit-foot" },
    h("span", { class: "hint" }, "Enter saves · Esc cancels"),
    h("button", { type: "button", class: "button small", onclick: () => leave(key) }, "Cancel"),
    h("button", { type: "button", class: "button small primary", onclick: () => save(message, channel, box, key) }, "Save")));
}

function stop(event, then) {
  event.preventDefault();
  event.stopPropagation();
  then();
}

function leave(key) {
  keepDraft(key, { text: "", files: [] });
  state.editing = null;
  changed();
}

async function save(message, channel, box, key) {
  const text = box.value.trim();
  if (!text) return;
  const done = text === typed(message.text) ? null : await act(state.as, "edit", { channel, ts: message.ts, text });
  if (done !== undefined) leave(key);
}
