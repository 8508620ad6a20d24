// The input block of a modal: label, control, hint and the error Slack's app answered with.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { first } from "./choices.js";
import { control, freshId } from "./control.js";

const GROUPED = /^(multi_|checkboxes|radio_buttons)/;

export function inputBlock(block, context) {
  const each = block.element ?? {};
  const id = freshId("input");
  const label = withEmoji(block.label?.text ?? "");
  const described = [block.hint ? `${id}-hint` : null, `${id}-error`].filter(Boolean).join(" ");
  const value = context.values?.get(block, each) ?? first(each);
  const set = (given, final) => {
    context.values?.set(block, each, given);
    if (block.dispatch_action && final) context.act(block, each, given);
  };
  const grouped = GROUPED.test(each.type);
  const node = control(each, { id, mark: `${block.block_id}/${each.action_id}`, value, set, label: grouped ? label : null, describedBy: described, required: !block.optional });
  const words = [label, block.optional ? h("span", { class: "optional" }, " (optional)") : null];
  return h("div", { class: "input-block", "data-block": block.block_id ?? "" },
    grouped ? h("p", { class: "input-label" }, words) : h("label", { class: "input-label", for: id }, words),
    node,
    h("p", { class: "input-error", id: `${id}-error`, "aria-live": "polite" }),
    block.hint ? h("p", { class: "input-hint", id: `${id}-hint` }, withEmoji(block.hint.text)) : null);
}

/** Show errors by block_id under their fields; gives those that have no field. */
export function showErrors(root, errors) {
  const left = { ...errors };
  let firstField = null;
  for (const node of root.querySelectorAll(".input-block")) {
    const sentence = left[node.dataset.block];
    delete left[node.dataset.block];
    node.querySelector(".input-error").textContent = sentence ?? "";
    node.classList.toggle("wrong", Boolean(sentence));
    const field = node.querySelector("input, textarea, select");
    field?.setAttribute("aria-invalid", sentence ? "true" : "false");
    if (sentence) firstField ??= field;
  }
  firstField?.focus();
  return Object.values(left);
}
