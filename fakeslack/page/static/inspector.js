// What went over the wire: each call of the app with its arguments and the answer.

import { getCalls } from "./api.js";
import { byId, fill, h, iconButton } from "./dom.js";
import { clockSeconds } from "./time.js";
import { zone } from "./state.js";

const KEPT = 400;
const seen = { next: 0, calls: [], filter: "", chosen: null };

export const isOpen = () => !byId("inspector").hidden;

export function toggleInspector() {
  const drawer = byId("inspector");
  drawer.hidden = !drawer.hidden;
  document.body.classList.toggle("with-inspector", !drawer.hidden);
  byId("wire-button").setAttribute("aria-expanded", String(!drawer.hidden));
  if (drawer.hidden) return byId("wire-button").focus();
  if (!drawer.firstElementChild) build(drawer);
  drawer.querySelector("input").focus();
  return drawInspector();
}

function build(drawer) {
  const filter = h("input", {
    type: "search", class: "field-input", placeholder: "Filter by method, status or text", "aria-label": "Filter calls",
    oninput: () => {
      seen.filter = filter.value.toLowerCase();
      list();
    },
  });
  fill(drawer,
    h("header", { class: "pane-head" }, h("h2", { class: "pane-title" }, "Over the wire"), h("span", { class: "pane-note call-count" }), filter,
      iconButton("close", "Close", toggleInspector)),
    h("div", { class: "wire" },
      h("ol", { class: "calls", role: "listbox", tabindex: 0, "aria-label": "Calls, newest first", onkeydown: arrows }),
      h("div", { class: "call", id: "call", tabindex: 0, role: "region", "aria-label": "The chosen call" })));
  drawer.onkeydown = (event) => event.key === "Escape" && toggleInspector();
}

/** Fetch what is new and show it; only while the drawer is open. */
export async function drawInspector() {
  if (!isOpen()) return;
  try {
    const news = await getCalls(seen.next);
    if (news.next < seen.next) seen.calls = [];
    seen.next = news.next;
    seen.calls = [...seen.calls, ...news.calls].slice(-KEPT);
  } catch {
    return; // The page's snapshot says it already when the server is gone.
  }
  list();
}

const failed = (call) => call.status >= 400 || call.response?.ok === false;
const outcome = (call) => (call.response?.ok === false ? call.response.error : call.status);

function matching() {
  if (!seen.filter) return seen.calls;
  return seen.calls.filter((call) => JSON.stringify([call.method, call.status, call.args, call.response]).toLowerCase().includes(seen.filter));
}

function list() {
  const found = [...matching()].reverse();
  const box = byId("inspector").querySelector(".calls");
  if (!found.some((call) => call.n === seen.chosen)) seen.chosen = found[0]?.n ?? null;
  byId("inspector").querySelector(".call-count").textContent = found.length === 1 ? "1 call" : `${found.length} calls`;
  box.replaceChildren(...found.map(row));
  box.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  detail(found.find((call) => call.n === seen.chosen));
}

function row(call) {
  const on = call.n === seen.chosen;
  if (on) queueMicrotask(() => byId("inspector").querySelector(".calls").setAttribute("aria-activedescendant", `call-${call.n}`));
  return h("li", { class: failed(call) ? "call-row failed" : "call-row", id: `call-${call.n}`, role: "option", "aria-selected": String(on), onclick: () => choose(call.n) },
    h("span", { class: "call-time" }, clockSeconds(new Date(call.at), zone())),
    h("span", { class: "call-method" }, call.method), h("span", { class: "call-status" }, outcome(call)));
}

function choose(number) {
  seen.chosen = number;
  list();
}

function arrows(event) {
  const found = [...matching()].reverse();
  const at = found.findIndex((call) => call.n === seen.chosen);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
  if (!found[next]) return;
  event.preventDefault();
  choose(found[next].n);
}

function detail(call) {
  const box = byId("call");
  if (!call) return box.replaceChildren(h("p", { class: "panel-note" }, seen.filter ? "No call matches." : "Nothing has come over the wire yet."));
  if (box.dataset.n === String(call.n)) return undefined;
  box.dataset.n = call.n;
  return box.replaceChildren(
    h("h3", { class: "call-title" }, call.method, h("span", { class: failed(call) ? "call-status failed" : "call-status" }, `${call.status}`)),
    h("h4", {}, "Arguments"), h("pre", { class: "json" }, pretty(call.args)),
    h("h4", {}, "Response"), h("pre", { class: "json" }, pretty(call.response)));
}

/** Pretty JSON; arguments that are JSON in a string (blocks in a form post) are opened up. */
function pretty(value) {
  const opened = (each) => {
    if (typeof each !== "string" || !/^[[{]/.test(each)) return each;
    try {
      return JSON.parse(each);
    } catch {
      return each;
    }
  };
  const outer = value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, opened(each)])) : value;
  return JSON.stringify(outer, null, 2) ?? "";
}
