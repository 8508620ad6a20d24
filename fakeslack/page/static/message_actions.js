// What one may do with a message: reply, edit, delete, the app's shortcuts; by toolbar and by keys.

import { act } from "./api.js";
import { ask } from "./ask.js";
import { h, iconButton } from "./dom.js";
import { emojiText } from "./emoji.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./render/mrkdwn.js";
import { changed, go, state } from "./state.js";

const QUICK = ["+1", "tada", "heart", "raised_hands", "eyes", "white_check_mark"];
const isMine = (message) => message.user === state.as && !message.bot_id;

export function startEditing(message, channel) {
  state.editing = { channel, ts: message.ts };
  changed();
}

export async function remove(message, channel) {
  const content = [h("p", {}, "Delete this message? This cannot be undone."), h("blockquote", { class: "line" }, mrkdwn(message.text))];
  if (await ask({ title: "Delete message", content, confirm: "Delete", danger: true })) {
    await act(state.as, "delete", { channel, ts: message.ts });
  }
}

const openThread = (message) => go({ thread: message.thread_ts ?? message.ts });

function shortcutItems(message, channel) {
  const known = (state.snapshot?.shortcuts ?? []).filter((each) => each.type === "message");
  return known.map((each) => ({
    label: each.name,
    note: state.snapshot.app?.name ?? "App shortcut",
    act: () => act(state.as, "shortcut", { callback_id: each.callback_id, channel, ts: message.ts }),
  }));
}

function moreItems(message, channel, inThread) {
  const items = shortcutItems(message, channel);
  if (!inThread) items.unshift({ label: "Reply in thread", note: "T", act: () => openThread(message) });
  if (isMine(message)) {
    items.push({ label: "Edit message", note: "E", act: () => startEditing(message, channel) });
    items.push({ label: "Delete message…", note: "Delete", danger: true, act: () => remove(message, channel) });
  }
  return items;
}

export function toolbar(message, channel, inThread) {
  const items = moreItems(message, channel, inThread);
  const quick = QUICK.map((name) => ({ label: `${emojiText(name)}  :${name}:`, act: () => act(state.as, "react", { channel, ts: message.ts, name }) }));
  const react = iconButton("smile", "Add a reaction", () => openMenu(react, quick, "Reactions"), {
    "aria-haspopup": "menu", "aria-expanded": "false", "data-focus": "react",
  });
  const more = iconButton("more", "More actions", () => openMenu(more, items, "Message actions"), {
    "aria-haspopup": "menu", "aria-expanded": "false", "data-focus": "more",
  });
  return h("div", { class: "message-tools", role: "toolbar", "aria-label": "Message" },
    react,
    inThread ? null : iconButton("reply", "Reply in thread", () => openThread(message), { "data-focus": "reply" }),
    isMine(message) ? iconButton("edit", "Edit message", () => startEditing(message, channel), { "data-focus": "edit" }) : null,
    isMine(message) ? iconButton("trash", "Delete message", () => remove(message, channel), { "data-focus": "delete" }) : null,
    items.length ? more : null);
}

/** Keys on a focused message: arrows move, T replies, E edits, Delete deletes, M opens the menu. */
export function keys(event, message, channel, inThread) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const node = event.currentTarget;
  const acts = {
    ArrowDown: () => step(node, 1),
    ArrowUp: () => step(node, -1),
    t: () => inThread || message.ephemeral || openThread(message),
    e: () => isMine(message) && startEditing(message, channel),
    Delete: () => isMine(message) && remove(message, channel),
    m: () => node.querySelector(".message-tools [data-focus=more]")?.click(),
  };
  if (!Object.hasOwn(acts, event.key)) return;
  event.preventDefault();
  acts[event.key]();
}

function step(node, by) {
  const all = [...node.parentElement.querySelectorAll(".message")];
  const next = all[all.indexOf(node) + by];
  if (!next) return;
  for (const each of all) each.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
