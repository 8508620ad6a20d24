// What the page knows: the latest snapshot, who and where one is (kept in the URL), and small things kept in this browser.

export const state = { snapshot: null, as: null, channel: null, thread: null, tab: "messages", editing: null };

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const changed = () => listeners.forEach((listener) => listener());

export function readUrl() {
  const query = new URLSearchParams(location.search);
  state.as = query.get("as");
  state.channel = query.get("c");
  state.thread = query.get("t");
  state.tab = query.get("tab") === "home" ? "home" : "messages";
}

function address() {
  const query = new URLSearchParams();
  if (state.as) query.set("as", state.as);
  if (state.channel) query.set("c", state.channel);
  if (state.thread) query.set("t", state.thread);
  if (state.tab === "home") query.set("tab", "home");
  return `/?${query}`;
}

/** Go somewhere: a new entry in the browser's history. */
export function go(where, { replace = false } = {}) {
  Object.assign(state, where);
  if (address() !== location.pathname + location.search) {
    history[replace ? "replaceState" : "pushState"]({}, "", address());
  }
  changed();
}

export const people = () => state.snapshot?.people ?? [];
export const channels = () => state.snapshot?.channels ?? [];
export const person = (id) => people().find((each) => each.id === id);
export const channel = (id) => channels().find((each) => each.id === id);
export const me = () => person(state.as);
export const zone = () => me()?.tz || "UTC";
export const messagesOf = (id) => state.snapshot?.messages?.[id] ?? [];
export const nameOf = (id) => person(id)?.real_name ?? id;

export const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
export const repliesTo = (id, ts) => messagesOf(id).filter((each) => each.thread_ts === ts && each.ts !== ts);

/** The app's bot, as a person of the workspace. */
export const bot = () => person(state.snapshot?.app?.bot_user) ?? people().find((each) => each.is_bot);

/** The acting person's DM with the bot. */
export const botDm = () => channels().find((each) => each.is_im && each.user === bot()?.id);
export const inBotDm = () => state.channel !== null && botDm()?.id === state.channel;

export function titleOf(each) {
  return each.is_im ? nameOf(each.user) : each.name;
}

// The simulated present: the server's answer, moving on when its clock ticks.
let heard = { at: 0, now: new Date(0), ticking: false };
export function hearClock(clock) {
  heard = { at: performance.now(), now: new Date(clock.now), ticking: clock.ticking };
}
export const now = () => (heard.ticking ? new Date(heard.now.getTime() + performance.now() - heard.at) : heard.now);

// Drafts live while the page is open; what was dismissed or read lives in this browser.
const drafts = new Map();
export const draft = (key) => drafts.get(key) ?? { text: "", files: [] };
export const keepDraft = (key, value) => drafts.set(key, value);

function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "{}");
  } catch {
    return {};
  }
}

const dismissed = kept("dismissed");
const ephemeralKey = (each) => `${state.as}/${each.channel}/${each.ts}`;
export const ephemeralsOf = (id) =>
  (state.snapshot?.ephemerals ?? []).filter((each) => each.channel === id && !dismissed[ephemeralKey(each)]);
export function dismiss(each) {
  dismissed[ephemeralKey(each)] = 1;
  sessionStorage.setItem("dismissed", JSON.stringify(dismissed));
  changed();
}
