// Hints while typing: the app's commands after `/`, people after `@`.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { freshId } from "./render/control.js";
import { bot, people, state } from "./state.js";

function commandHints(text) {
  if (!/^\/\S*$/.test(text)) return usage(text);
  return (state.snapshot?.commands ?? [])
    .filter((each) => each.command.startsWith(text))
    .map((each) => ({ put: `${each.command} `, from: 0, title: each.command, usage: each.usage_hint, note: each.description }));
}

/** A whole command is there: its usage stays in sight, with nothing to choose. */
function usage(text) {
  const known = (state.snapshot?.commands ?? []).find((each) => text.startsWith(`${each.command} `) && !text.includes("\n"));
  return known ? [{ put: null, title: known.command, usage: known.usage_hint, note: known.description }] : [];
}

function peopleHints(text, caret) {
  const match = /(?:^|\s)@([\p{L}\p{N}' .-]{0,30})$/u.exec(text.slice(0, caret));
  if (!match) return [];
  const wanted = match[1].toLowerCase();
  return people()
    .filter((each) => !each.deleted && each.id !== state.as && each.real_name.toLowerCase().includes(wanted) && each.real_name.toLowerCase() !== wanted.trim())
    .slice(0, 6)
    .map((each) => ({ put: `@${each.real_name} `, from: caret - match[1].length - 1, title: each.real_name, note: each.id === bot()?.id ? "App" : each.tz, person: each }));
}

/** A list of hints for a text box. */
export function hints(box, changed) {
  const id = freshId("hints");
  const node = h("ul", { class: "hints", id, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const list = { node, rows: [], at: 0 };
  box.setAttribute("aria-controls", id);
  box.setAttribute("aria-autocomplete", "list");
  const choose = (row) => {
    if (!row?.put) return false;
    const rest = box.value.slice(box.selectionStart);
    box.value = box.value.slice(0, row.from) + row.put + rest;
    box.selectionStart = box.selectionEnd = row.from + row.put.length;
    changed();
    return true;
  };
  list.hide = () => draw(list, box, [], choose);
  list.update = () => draw(list, box, box.value.startsWith("/") ? commandHints(box.value) : peopleHints(box.value, box.selectionStart), choose);
  list.key = (event) => pressed(list, box, event, choose);
  return list;
}

function draw(list, box, rows, choose) {
  Object.assign(list, { rows, at: 0 });
  list.node.hidden = !rows.length;
  list.node.replaceChildren(...rows.map((row, at) => rowNode(row, `${list.node.id}-${at}`, () => choose(row))));
  mark(list, box);
}

function rowNode(row, id, choose) {
  const press = (event) => {
    event.preventDefault();
    choose();
  };
  return h("li", { class: row.put ? "hint-row" : "hint-row usage", id, role: "option", onpointerdown: press },
    row.person ? avatar(row.person, "tiny") : null,
    h("span", { class: "hint-title" }, row.title), row.usage ? h("span", { class: "hint-usage" }, row.usage) : null,
    row.note ? h("span", { class: "hint-note" }, row.note) : null);
}

function mark(list, box) {
  [...list.node.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === list.at && Boolean(list.rows[at].put))));
  const on = list.rows[list.at]?.put ? list.node.children[list.at] : null;
  if (on) box.setAttribute("aria-activedescendant", on.id);
  else box.removeAttribute("aria-activedescendant");
}

function pressed(list, box, event, choose) {
  const some = list.rows.filter((row) => row.put).length;
  if (!some) return false;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) list.at = (list.at + moves[event.key] + some) % some;
  else if (event.key === "Escape") list.hide();
  else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) return take(list, box, event, choose);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  mark(list, box);
  return true;
}

/** Tab completes; Enter completes too, unless the box already holds the whole command: then it sends. */
function take(list, box, event, choose) {
  const row = list.rows[list.at];
  if (event.shiftKey || (event.key === "Enter" && box.value.trim() === row.put.trim())) {
    list.hide();
    return false;
  }
  event.preventDefault();
  return choose(row);
}
