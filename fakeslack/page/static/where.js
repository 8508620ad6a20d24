// The heading of the place one is in, and the tabs of the app's direct messages.

import { avatar } from "./avatar.js";
import { byId, digest, h, icon, reconcile } from "./dom.js";
import { bot, channel, go, inBotDm, now, person, state, titleOf } from "./state.js";
import { openHome } from "./sidebar.js";
import { clockTime, zoneCity } from "./time.js";

function tab(name, label, choose) {
  const on = state.tab === name;
  return h("button", {
    type: "button", class: "tab", role: "tab", id: `tab-${name}`, "data-focus": `tab-${name}`, "aria-selected": String(on), "aria-controls": name,
    tabindex: on ? 0 : -1, onclick: choose, onkeydown: (event) => arrow(event),
  }, label);
}

function arrow(event) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const other = [...event.currentTarget.parentElement.children].find((each) => each !== event.currentTarget);
  other.focus();
  other.click();
}

const tabs = () => h("div", { class: "tabs", role: "tablist", "aria-label": titleOf(channel(state.channel)) },
  tab("home", "Home", openHome), tab("messages", "Messages", () => go({ tab: "messages" })));

function about(here) {
  if (inBotDm()) return h("p", { class: "where-note" }, "App, just between you and it");
  if (here.is_im) {
    const other = person(here.user);
    return h("p", { class: "where-note" }, other ? `${clockTime(now(), other.tz)} in ${zoneCity(other.tz)}` : "");
  }
  const faces = here.members.slice(0, 5).map((id) => avatar(person(id), "tiny"));
  const people = here.members.length === 1 ? "1 person" : `${here.members.length} people`;
  return h("p", { class: "where-note members", title: here.members.map((id) => person(id)?.real_name ?? id).join(", ") },
    h("span", { class: "faces" }, faces), people);
}

function heading(here) {
  const mark = here.is_im ? avatar(person(here.user), "small") : icon(here.is_private ? "lock" : "hash");
  return h("div", { class: "where-row" },
    h("h1", { class: "where-title" }, mark, h("span", {}, titleOf(here))), about(here), inBotDm() ? tabs() : null);
}

export function drawWhere() {
  const here = channel(state.channel);
  if (!here) return byId("where").replaceChildren();
  const other = here.is_im ? [person(here.user), clockTime(now(), person(here.user)?.tz)] : here.members;
  const hash = digest(JSON.stringify([here.id, titleOf(here), other, state.tab, bot()?.id, state.as]));
  reconcile(byId("where"), [{ key: "where", hash }], () => heading(here));
}
