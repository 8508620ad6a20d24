// Who one is, and where one can go.

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { byId, digest, h, icon, reconcile } from "./dom.js";
import { openMenu } from "./menu.js";
import { bot, botDm, channels, go, me, messagesOf, now, people, person, state, titleOf, zone } from "./state.js";
import { clockTime, shortDay, weekday, zoneCity, zoneShort } from "./time.js";

const actable = () => people().filter((each) => !each.is_bot && !each.deleted && each.id !== "USLACKBOT");

const localTime = (each) => `${shortDay(now(), each.tz)} ${clockTime(now(), each.tz)}`;
const zoneWords = (each) => `${zoneCity(each.tz)}, ${zoneShort(now(), each.tz)}`;

/** Act as somebody else: in the same place, if they are in it too. */
export function actAs(id) {
  const wasBotDm = state.channel !== null && state.channel === botDm()?.id;
  go({ as: id, channel: wasBotDm ? "dm" : state.channel, thread: null, editing: null });
}

function switcher() {
  const button = h("button", {
    type: "button", class: "acting", id: "act-as", "data-focus": "act-as", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `Acting as ${me().real_name}. Switch person`,
    onclick: () => openMenu(button, actable().map((each) => ({
      label: each.real_name,
      note: `${localTime(each)} · ${zoneCity(each.tz)}`,
      checked: each.id === state.as,
      node: avatar(each, "small"),
      act: () => actAs(each.id),
    })), "Act as"),
  },
  avatar(me(), "large"),
  h("span", { class: "acting-words" },
    h("span", { class: "acting-label" }, "Acting as"),
    h("span", { class: "acting-name" }, me().real_name),
    h("span", { class: "acting-time" }, `${weekday(now(), zone())} ${clockTime(now(), zone())} · ${zoneWords(me())}`)),
  icon("down"));
  return button;
}

function place(each) {
  const unread = each.members.includes(state.as) ? each.unread ?? 0 : 0;
  const here = each.id === state.channel;
  const title = titleOf(each);
  const isApp = each.is_im && each.user === bot()?.id;
  const mark = each.is_im ? avatar(person(each.user), "tiny") : icon(each.is_private ? "lock" : "hash");
  return h("li", {}, h("button", {
    type: "button", class: unread && !here ? "place unread" : "place", "data-focus": each.id, "aria-current": here ? "page" : null,
    onclick: () => visit(each.id),
  },
  mark, h("span", { class: "place-name" }, title), isApp ? h("span", { class: "app-tag" }, "App") : null,
  unread && !here ? h("span", { class: "badge" }, unread > 99 ? "99+" : unread, h("span", { class: "unseen" }, " unread")) : null));
}

export function visit(id) {
  closeSidebar();
  go({ channel: id, thread: null, tab: "messages", editing: null });
}

function group(title, list) {
  const look = JSON.stringify([list.map((each) => [each.id, each.unread, titleOf(each)]), state.channel, state.as]);
  return { key: title, hash: digest(look), title, list };
}

const hasWords = (each) => each.user === bot()?.id || messagesOf(each.id).length > 0 || each.id === state.channel;

export function drawSidebar() {
  const open = channels().filter((each) => !each.is_im && !each.is_archived);
  const rooms = open.filter((each) => each.members.includes(state.as));
  const others = open.filter((each) => !each.members.includes(state.as));
  const direct = channels().filter((each) => each.is_im && hasWords(each));
  direct.sort((one, other) => Number(other.user === bot()?.id) - Number(one.user === bot()?.id));
  const who = digest(JSON.stringify([me(), clockTime(now(), zone()), shortDay(now(), zone())]));
  reconcile(byId("acting"), [{ key: "acting", hash: who }], switcher);
  reconcile(byId("menu-button"), [{ key: "who", hash: state.as }], () => h("span", { class: "menu-face" }, icon("menu"), avatar(me(), "small")));
  reconcile(byId("channels"), [group("Channels", rooms), group("Direct messages", direct), ...(others.length ? [group("Other channels", others)] : [])], (item) =>
    h("section", { class: "places" }, h("h2", { class: "places-title" }, item.title), h("ul", {}, item.list.map(place))));
}

const phone = matchMedia("(max-width: 760px)");

export function openSidebar() {
  document.body.classList.add("sidebar-open");
  byId("scrim").hidden = false;
  byId("menu-button").setAttribute("aria-expanded", "true");
  byId("act-as")?.focus();
}

export function closeSidebar() {
  if (!document.body.classList.contains("sidebar-open")) return;
  document.body.classList.remove("sidebar-open");
  byId("scrim").hidden = true;
  byId("menu-button").setAttribute("aria-expanded", "false");
  if (phone.matches) byId("menu-button").focus();
}

/** Opening the app's Home tells the app so. */
export async function openHome() {
  go({ tab: "home", thread: null });
  await act(state.as, "open_home", {});
}
