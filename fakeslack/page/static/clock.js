// The clock: the workspace's present, its next stop, the others, and any moment one likes.

import { jump } from "./api.js";
import { byId, fill, h, icon } from "./dom.js";
import { instantOf, clockTime, localInput, shortDay, zoneCity } from "./time.js";
import { now, state, zone } from "./state.js";

const stops = () => (state.snapshot?.stops ?? []).map((each) => ({ ...each, when: new Date(each.at) })).filter((each) => each.when > now());

async function go(to, button) {
  button?.setAttribute("aria-busy", "true");
  await jump({ to: to.toISOString() });
  button?.removeAttribute("aria-busy");
  byId("clock-panel")?.hidePopover();
}

function stopRow(stop) {
  const row = h("button", { type: "button", class: "stop", onclick: () => go(stop.when, row) },
    h("span", { class: "stop-label" }, stop.label),
    h("span", { class: "stop-when" }, `${shortDay(stop.when, zone())} ${clockTime(stop.when, zone())}`));
  return h("li", {}, row);
}

function freeJump() {
  const id = "free-jump";
  const input = h("input", { type: "datetime-local", class: "field-input", id, value: localInput(now(), zone()), required: true });
  return h("form", {
    class: "free-jump",
    onsubmit: (event) => {
      event.preventDefault();
      if (input.value) go(instantOf(input.value, zone()));
    },
  },
  h("label", { class: "input-label", for: id }, `Any other moment, in ${zoneCity(zone())} time`),
  h("div", { class: "row" }, input, h("button", { type: "submit", class: "button primary" }, "Jump")));
}

function fillPanel(panel) {
  const list = stops();
  panel.replaceChildren();
  fill(panel,
    h("p", { class: "panel-title" }, "Move the clock"),
    h("p", { class: "panel-note" }, "The whole workspace, and the app with it, follows this clock."),
    list.length ? h("ul", { class: "stops", "aria-label": "Jump to" }, list.map(stopRow)) : null,
    freeJump());
}

function toggle(panel, button) {
  if (panel.matches(":popover-open")) return panel.hidePopover();
  fillPanel(panel);
  panel.showPopover();
  const from = button.getBoundingClientRect();
  const width = panel.getBoundingClientRect().width;
  panel.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
  panel.style.top = `${from.bottom + 8}px`;
  return panel.querySelector("button, input")?.focus();
}

function build(host) {
  const panel = h("div", { class: "clock-panel", id: "clock-panel", popover: "auto", role: "dialog", "aria-label": "Move the clock" });
  const button = h("button", {
    type: "button", class: "clock-button", id: "clock-button", "aria-haspopup": "dialog", onclick: () => toggle(panel, button),
  }, icon("clock"), h("span", { class: "clock-words" }, h("span", { class: "clock-day" }), " ", h("span", { class: "clock-time" })), icon("down"));
  panel.addEventListener("toggle", (event) => button.setAttribute("aria-expanded", String(event.newState === "open")));
  const next = h("button", { type: "button", class: "jump-next", id: "jump-next", onclick: () => go(new Date(next.dataset.at), next) });
  host.replaceChildren(button, next, panel);
}

export function drawClock() {
  const host = byId("clock");
  if (!host.firstElementChild) build(host);
  tick();
  const next = stops()[0];
  const button = byId("jump-next");
  button.hidden = !next;
  if (!next) return;
  button.dataset.at = next.when.toISOString();
  button.setAttribute("aria-label", `Jump to ${next.label}`);
  button.title = `${next.label}: ${shortDay(next.when, zone())} ${clockTime(next.when, zone())} in ${zoneCity(zone())}`;
  button.replaceChildren(h("span", { class: "jump-word" }, "Jump to "), h("span", { class: "jump-label" }, next.label));
}

/** Keep the shown time right while the clock ticks. */
export function tick() {
  const host = byId("clock");
  if (!host.firstElementChild || !state.snapshot) return;
  const [day, time] = [shortDay(now(), zone()), clockTime(now(), zone())];
  host.querySelector(".clock-day").textContent = day;
  host.querySelector(".clock-time").textContent = time;
  byId("clock-button").setAttribute("aria-label", `It is ${day} ${time} in ${zoneCity(zone())}. Move the clock`);
}
