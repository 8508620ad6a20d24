// One message: who, when, what, its reactions and replies, and what one may do with it.

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { h, icon } from "./dom.js";
import { editor } from "./editor.js";
import { emojiText } from "./emoji.js";
import { keys, toolbar } from "./message_actions.js";
import { blocks } from "./render/blocks.js";
import { fileNode } from "./render/files.js";
import { mrkdwn } from "./render/mrkdwn.js";
import { bot, dismiss, go, nameOf, now, person, repliesTo, state, zone } from "./state.js";
import { clockTime, dayName, fromTs, fullDay } from "./time.js";

/** Who wrote a message, as the page names them. */
export function authorOf(message) {
  if (message.username) return { id: message.bot_id ?? "B", real_name: message.username, is_bot: true };
  return person(message.user) ?? (message.bot_id ? bot() : null) ?? { id: message.user ?? "?", real_name: message.user ?? "Unknown" };
}

export function messageNode({ message, channel, inThread, grouped }) {
  const author = authorOf(message);
  const editing = state.editing?.channel === channel && state.editing.ts === message.ts;
  const node = h("article", {
    class: `message${grouped ? " grouped" : ""}${message.ephemeral ? " ephemeral" : ""}`,
    tabindex: -1,
    "data-ts": message.ts,
    "data-focus": "message",
    "aria-label": `${author.real_name}, ${clockTime(fromTs(message.ts), zone())}`,
    onkeydown: (event) => keys(event, message, channel, inThread),
  });
  node.append(
    h("div", { class: "gutter" }, grouped ? stamp(message) : avatar(author)),
    h("div", { class: "message-main" },
      message.ephemeral ? ephemeralBadge(message) : null,
      grouped ? null : byline(message, author),
      editing ? editor(message, channel) : body(message, channel),
      reactions(message, channel),
      inThread || message.ephemeral ? null : replyBar(message, channel)));
  if (!message.ephemeral && message.subtype !== "tombstone" && !editing) node.append(toolbar(message, channel, inThread));
  return node;
}

function stamp(message) {
  const at = fromTs(message.ts);
  return h("time", { class: "stamp", datetime: at.toISOString(), title: fullDay(at, zone()) }, clockTime(at, zone()));
}

function byline(message, author) {
  return h("p", { class: "byline" },
    h("span", { class: "author" }, author.real_name),
    author.is_bot ? h("span", { class: "app-tag" }, "App") : null,
    stamp(message));
}

function ephemeralBadge(message) {
  return h("p", { class: "only-you" }, icon("eye"), "Only visible to you",
    h("button", { type: "button", class: "link-button", onclick: () => dismiss(message) }, "Dismiss"));
}

function body(message, channel) {
  if (message.subtype === "tombstone") return h("p", { class: "tombstone" }, "This message was deleted.");
  const context = {
    surface: "message",
    act: (block, element, selected) =>
      act(state.as, "click", { channel, ts: message.ts, action_id: element.action_id, block_id: block.block_id, selected }),
  };
  const words = message.blocks?.length ? blocks(message.blocks, context) : h("div", { class: "text" }, mrkdwn(message.text));
  return h("div", { class: "message-body" },
    words,
    (message.attachments ?? []).map((each) => h("div", { class: "attachment" }, each.blocks ? blocks(each.blocks, context) : mrkdwn(each.text ?? each.fallback))),
    message.edited ? h("span", { class: "edited" }, "(edited)") : null,
    message.files?.length ? h("div", { class: "files" }, message.files.map((file) => fileNode(file, state.as))) : null);
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map((each) => {
    const names = (each.users ?? []).map(nameOf).join(", ");
    const mine = Boolean(each.users?.includes(state.as));
    return h("li", {}, h("button", {
      type: "button", class: "reaction", title: `${names} · :${each.name}:`, "aria-pressed": String(mine), "data-focus": `:${each.name}:`,
      onclick: () => act(state.as, mine ? "unreact" : "react", { channel, ts: message.ts, name: each.name }),
    },
    h("span", { class: "emoji" }, emojiText(each.name)), h("span", { class: "count" }, each.count ?? each.users?.length ?? 1),
    h("span", { class: "unseen" }, ` by ${names}`)));
  }));
}

function replyBar(message, channel) {
  const replies = repliesTo(channel, message.ts);
  if (!replies.length) return null;
  const last = fromTs(replies.at(-1).ts);
  const faces = [...new Map(replies.map((each) => [authorOf(each).id, authorOf(each)])).values()].slice(0, 4);
  return h("button", {
    type: "button", class: "reply-bar", "data-focus": "replies", "aria-current": state.thread === message.ts ? "true" : null,
    onclick: () => go({ thread: message.ts }),
  },
  h("span", { class: "faces" }, faces.map((each) => avatar(each, "tiny"))),
  h("span", { class: "reply-count" }, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
  h("span", { class: "reply-last" }, `Last at ${clockTime(last, zone())}, ${dayName(last, zone(), now())}`));
}
