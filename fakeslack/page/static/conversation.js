// A list of messages: the channel's, or a thread's. Keeps its place when messages arrive.

import { digest, fill, h, icon, reconcile } from "./dom.js";
import { authorOf, messageNode } from "./message.js";
import { bot, ephemeralsOf, isRoot, messagesOf, now, repliesTo, state, titleOf, zone } from "./state.js";
import { announce } from "./toast.js";
import { dayKey, dayName, fromTs } from "./time.js";
import { unescape } from "./render/mrkdwn.js";

const TOGETHER_SECONDS = 300;
const NEAR_PX = 80;
const seen = new Map();

const byTime = (one, other) => Number(one.ts) - Number(other.ts) || (one.ts < other.ts ? -1 : 1);

/** The messages of a channel outside threads, with what only this person sees. */
export function channelMessages(id) {
  const own = ephemeralsOf(id).filter((each) => !each.thread_ts).map((each) => ({ ...each, ephemeral: true }));
  return [...messagesOf(id).filter(isRoot), ...own].sort(byTime);
}

/** A thread: its parent, its replies, and what only this person sees in it. */
export function threadMessages(id, ts) {
  const parent = messagesOf(id).find((each) => each.ts === ts) ?? { ts, subtype: "tombstone" };
  const own = ephemeralsOf(id).filter((each) => each.thread_ts === ts).map((each) => ({ ...each, ephemeral: true }));
  return [parent, ...[...repliesTo(id, ts), ...own].sort(byTime)];
}

function grouped(message, before) {
  if (!before || message.ephemeral || before.ephemeral || message.subtype === "tombstone") return false;
  const near = Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS;
  return near && authorOf(message).id === authorOf(before).id && !before.blocks?.some((each) => each.type === "actions");
}

/** The items of a list, each with a key and a hash of all that its look depends on. */
function items(messages, channel, inThread) {
  const list = [];
  let day = null;
  let before = null;
  for (const message of messages) {
    const at = fromTs(message.ts);
    const today = dayKey(at, zone());
    if (today !== day && !inThread) list.push({ key: `day/${today}`, hash: dayName(at, zone(), now()), day: dayName(at, zone(), now()) });
    const together = today === day && grouped(message, before);
    const editing = state.editing?.ts === message.ts && state.editing.channel === channel;
    const replies = inThread ? [] : repliesTo(channel, message.ts).map((each) => [each.ts, each.user]);
    const look = JSON.stringify([message, together, editing, replies, state.as, state.thread === message.ts, dayKey(now(), zone())]);
    list.push({ key: `${message.ephemeral ? "only/" : ""}${message.ts}`, hash: digest(look), message, grouped: together });
    [day, before] = [today, message];
  }
  return list;
}

function dayLine(item) {
  return h("p", { class: "day", role: "separator" }, h("span", {}, item.day));
}

/** Draw a conversation into `box`; `place` names it, so that a new place starts at its end. */
export function drawConversation(box, { channel, messages, inThread, place, intro }) {
  const here = `${state.as}/${place}`;
  const fresh = box.dataset.place !== here;
  const atEnd = fresh || (box.atEnd ?? true);
  box.dataset.place = here;
  const list = items(messages, channel, inThread);
  if (intro) list.unshift({ key: "intro", hash: digest(JSON.stringify([intro.id, intro.members, state.as, messages.length === 0])), intro });
  reconcile(box, list, (item) => {
    if (item.intro) return introduction(item.intro, messages.length === 0);
    return item.day ? dayLine(item) : messageNode({ message: item.message, channel, inThread, grouped: item.grouped });
  });
  rove(box);
  tell(here, messages);
  box.atEnd = atEnd;
  if (atEnd) toEnd(box);
  watch(box);
}

/** A list that is at its end stays there when its height changes (the drawer opens, a picture arrives, a keyboard shows). */
function watch(box) {
  if (box.watched) return;
  box.watched = new ResizeObserver(() => box.atEnd && (box.scrollTop = box.scrollHeight));
  box.watched.observe(box);
  box.addEventListener("scroll", () => (box.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX), { passive: true });
  box.addEventListener("load", () => box.atEnd && (box.scrollTop = box.scrollHeight), true);
}

function toEnd(box) {
  box.scrollTop = box.scrollHeight;
  requestAnimationFrame(() => (box.scrollTop = box.scrollHeight));
}

/** One message of the list is in the Tab order: the one last focused, else the newest. */
function rove(box) {
  const all = [...box.querySelectorAll(".message")];
  if (all.length && !all.some((each) => each.tabIndex === 0)) all.at(-1).tabIndex = 0;
}

/** Say new messages of others to a screen reader. */
function tell(here, messages) {
  const known = seen.get(here);
  seen.set(here, new Set(messages.map((each) => each.ts)));
  const news = known ? messages.filter((each) => !known.has(each.ts) && each.user !== state.as) : [];
  if (news.length) announce(news.map((each) => `${authorOf(each).real_name}: ${unescape(each.text ?? "").slice(0, 160)}`).join(". "));
}

function introduction(channel, empty) {
  const name = titleOf(channel);
  const isBot = channel.is_im && channel.user === bot()?.id;
  const line = isBot ? `This is where ${name} writes to you, and you to it. Only the two of you see it.`
    : channel.is_im ? `Only you and ${name} see this.`
      : `This is the start of ${channel.is_private ? "a private" : "the"} channel with ${channel.members.length === 1 ? "one person" : `${channel.members.length} people`} in it.`;
  return fill(h("div", { class: empty ? "intro empty" : "intro" }),
    h("p", { class: "intro-title" }, channel.is_im ? null : icon(channel.is_private ? "lock" : "hash"), name), h("p", {}, line));
}
