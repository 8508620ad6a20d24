// Puts the page together: reads where one is, fetches what one sees, draws it, and again whenever something changes.

import { act, getSnapshot, Refused } from "./api.js";
import { drawClock, tick } from "./clock.js";
import { drawComposer } from "./composer.js";
import { channelMessages, drawConversation } from "./conversation.js";
import { byId, h, icon } from "./dom.js";
import { loadEmoji } from "./emoji.js";
import { drawHome } from "./home.js";
import { drawInspector, toggleInspector } from "./inspector.js";
import { drawModal, wireModal } from "./modal.js";
import { wirePermalinks } from "./permalinks.js";
import { untilReleased, wirePress } from "./press.js";
import { botDm, channel, channels, go, hearClock, inBotDm, onChange, readUrl, state, titleOf } from "./state.js";
import { closeSidebar, drawSidebar, openHome, openSidebar } from "./sidebar.js";
import { drawThread } from "./thread.js";
import { toast } from "./toast.js";
import { drawWhere } from "./where.js";

const DEBOUNCE_MS = 60;
let shownFor = null;
let asked = 0;

/** Fetch what the acting person sees; an answer that a later question has overtaken is dropped. */
async function refresh() {
  const turn = (asked += 1);
  try {
    const snapshot = await getSnapshot(state.as ?? "");
    await untilReleased();
    if (turn !== asked) return;
    state.snapshot = snapshot;
    state.as = snapshot.me;
    hearClock(snapshot.clock);
    shownFor = state.as;
    document.body.classList.remove("offline");
    settle();
    draw();
    markRead();
    drawInspector();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    document.body.classList.add("offline");
    toast(error.message);
  }
}

/** Be somewhere that exists for this person. */
function settle() {
  if (state.channel === "dm") state.channel = botDm()?.id ?? null;
  const mine = channels().filter((each) => each.is_im || each.members.includes(state.as));
  if (!channel(state.channel)) {
    state.channel = (mine.find((each) => !each.is_im) ?? botDm() ?? mine[0])?.id ?? null;
    state.thread = null;
  }
  if (!inBotDm()) state.tab = "messages";
  go({}, { replace: true });
}

function draw() {
  if (!state.snapshot || shownFor !== state.as) return;
  drawSidebar();
  drawClock();
  drawWhere();
  const home = state.tab === "home";
  byId("home").hidden = !home;
  byId("messages").hidden = home;
  byId("compose").hidden = home;
  if (home) drawHome();
  else drawMessages();
  drawThread();
  drawModal();
  title();
}

function drawMessages() {
  const here = channel(state.channel);
  if (!here) return;
  const messages = channelMessages(here.id);
  drawConversation(byId("messages"), { channel: here.id, messages, inThread: false, place: here.id, intro: here });
  const label = here.is_im ? `Message ${titleOf(here)}` : `Message #${titleOf(here)}`;
  if (here.members.includes(state.as)) drawComposer(byId("compose"), { channel: here.id, thread: null, label, messages });
  else drawJoin(byId("compose"), here);
}

/** In place of the message box, where one is not a member yet. */
function drawJoin(host, here) {
  const key = `join/${here.id}/${state.as}`;
  if (host.dataset.key === key) return;
  host.dataset.key = key;
  const join = h("button", { type: "button", class: "button primary", onclick: () => act(state.as, "join", { channel: here.id }) }, "Join");
  host.replaceChildren(h("p", { class: "join" }, `You are looking at #${here.name} from outside.`, join));
}

function title() {
  const here = channel(state.channel);
  const unread = channels().reduce((sum, each) => sum + (each.id === state.channel || !each.members.includes(state.as) ? 0 : each.unread ?? 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${here ? titleOf(here) : "Rehearsal"} · Rehearsal, a Slack-like preview`;
}

function markRead() {
  const here = channel(state.channel);
  if (here?.unread && here.members.includes(state.as) && state.tab === "messages" && document.visibilityState === "visible") act(state.as, "read", { channel: here.id });
}

/** After a step in the URL: the same person only needs drawing, another one needs fetching. */
function moved() {
  if (state.snapshot && shownFor === state.as) {
    draw();
    markRead();
  } else refresh();
}

function listen() {
  let timer = null;
  const events = new EventSource("/page/events");
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, DEBOUNCE_MS);
  };
  events.onmessage = soon;
  events.onopen = soon;
  events.onerror = () => document.body.classList.add("offline");
}

function wire() {
  byId("wire-button").prepend(icon("wire"));
  byId("menu-button").addEventListener("click", () => (document.body.classList.contains("sidebar-open") ? closeSidebar() : openSidebar()));
  byId("scrim").addEventListener("click", closeSidebar);
  byId("sidebar").addEventListener("keydown", (event) => event.key === "Escape" && closeSidebar());
  byId("wire-button").addEventListener("click", toggleInspector);
  addEventListener("popstate", () => {
    readUrl();
    state.editing = null;
    moved();
  });
  document.addEventListener("visibilitychange", () => state.snapshot && markRead());
  setInterval(() => (tick(), state.snapshot?.clock.ticking && drawSidebar()), 15_000);
  wirePress();
  wireModal();
  wirePermalinks();
  onChange(moved);
}

async function start() {
  readUrl();
  wire();
  await loadEmoji();
  await refresh();
  if (state.tab === "home") openHome();
  listen();
}

start();
