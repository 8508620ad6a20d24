// The form controls behind Block Kit's elements: one node for an element, its value in, its changes out.

import { h } from "../dom.js";
import { groups } from "./choices.js";
import { withEmoji } from "../emoji.js";
import { mrkdwn } from "./mrkdwn.js";

let made = 0;
export const freshId = (prefix) => `${prefix}-${(made += 1)}`;

/** A control for an element. `set(value, final)` is called on every change; final when the person is done with it. */
export function control(element, { id, mark, value, set, label, describedBy, required }) {
  const kind = element.type;
  const shared = { id, "data-focus": mark, "aria-label": label, "aria-describedby": describedBy, "aria-required": required ? "true" : null };
  const multi = kind.startsWith("multi_") || kind === "checkboxes";
  if (multi || kind === "radio_buttons") return choiceList(element, { mark, value, set, label, multi, describedBy });
  if (kind.endsWith("_select")) return select(element, shared, value, set);
  return field(element, shared, value, set);
}

const PICKERS = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };
const INPUTS = { email_text_input: "email", url_text_input: "url", number_input: "text" };

function field(element, shared, value, set) {
  const long = element.multiline || element.type === "rich_text_input";
  const attributes = {
    ...shared,
    class: long ? "field-input long" : "field-input",
    placeholder: element.placeholder?.text,
    value: value ?? "",
    oninput: (event) => set(event.target.value || null, false),
    onchange: (event) => set(event.target.value || null, true),
  };
  if (long) return h("textarea", { ...attributes, rows: element.type === "rich_text_input" ? 5 : 4 });
  const type = PICKERS[element.type] ?? INPUTS[element.type] ?? "text";
  return h("input", { ...attributes, type, inputmode: element.type === "number_input" ? "decimal" : null });
}

function select(element, shared, value, set) {
  const all = groups(element);
  const hint = withEmoji(element.placeholder?.text ?? "Choose…");
  const options = all.map((group) => {
    const rows = group.options.map((each) => h("option", { value: each.value, selected: each.value === value }, each.label));
    return group.label ? h("optgroup", { label: group.label }, rows) : rows;
  });
  const empty = h("option", { value: "", selected: value === null }, hint);
  return h("span", { class: "select" }, h("select", { ...shared, onchange: (event) => set(event.target.value || null, true) }, empty, options));
}

function choiceList(element, { mark, value, set, label, multi, describedBy }) {
  const chosen = new Set(multi ? value ?? [] : value === null ? [] : [value]);
  const name = freshId("choice");
  const options = groups(element).flatMap((group) => group.options);
  const change = (option, on) => {
    if (!multi) chosen.clear();
    if (on) chosen.add(option.value);
    else chosen.delete(option.value);
    const list = options.filter((each) => chosen.has(each.value)).map((each) => each.value);
    set(multi ? list : list[0] ?? null, true);
  };
  const rows = options.map((each, at) => choice(each, { name, multi, on: chosen.has(each.value), change, mark: `${mark}:${at}` }));
  const kind = element.type.startsWith("multi_") ? "choices boxed" : "choices";
  return h("div", { class: kind, role: multi ? "group" : "radiogroup", "aria-label": label, "aria-describedby": describedBy }, rows);
}

function choice(option, { name, multi, on, change, mark }) {
  const box = h("input", {
    type: multi ? "checkbox" : "radio", name, checked: on, "data-focus": mark, onchange: (event) => change(option, event.target.checked),
  });
  const words = option.text?.type === "mrkdwn" ? mrkdwn(option.text.text) : option.label;
  const note = option.description ? h("span", { class: "choice-note" }, withEmoji(option.description.text)) : null;
  return h("label", { class: "choice" }, box, h("span", { class: "choice-words" }, words, note));
}
