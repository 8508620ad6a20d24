// The interactive elements of messages, Home and modals outside input blocks: buttons, menus, pickers.

import { ask } from "../ask.js";
import { h, icon } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { openMenu } from "../menu.js";
import { first, holdsValue } from "./choices.js";
import { control } from "./control.js";
import { addressOf, picture } from "./files.js";
import { mrkdwn } from "./mrkdwn.js";

/** A node for an element of a block. */
export function element(each, block, context) {
  if (each.type === "image") return picture(each.image_url ?? addressOf(each.slack_file), each.alt_text, "accessory-image");
  if (each.type === "button" || each.type === "workflow_button") return button(each, block, context);
  if (each.type === "overflow") return overflow(each, block, context);
  if (holdsValue(each)) return picker(each, block, context);
  return h("span", { class: "unknown-block" }, `The preview does not draw “${each.type}” yet.`);
}

/** Ask the element's confirm question, if it has one; true when it may go on. */
async function allowed(confirm) {
  if (!confirm) return true;
  const words = confirm.text?.type === "mrkdwn" ? mrkdwn(confirm.text.text) : [withEmoji(confirm.text?.text ?? "")];
  return ask({
    title: withEmoji(confirm.title?.text ?? "Are you sure?"),
    content: words,
    confirm: withEmoji(confirm.confirm?.text ?? "Yes"),
    deny: withEmoji(confirm.deny?.text ?? "No"),
    danger: confirm.style === "danger",
  });
}

async function interact(node, each, block, context, selected) {
  if (node.getAttribute("aria-busy") === "true" || !(await allowed(each.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    await context.act(block, each, selected);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}

function button(each, block, context) {
  const node = h("button", {
    type: "button",
    class: `button ${{ primary: "primary", danger: "danger" }[each.style] ?? ""}`,
    "data-focus": `${block.block_id ?? ""}/${each.action_id}`,
    "aria-label": each.accessibility_label,
    onclick: () => {
      if (/^https?:/i.test(each.url ?? "")) open(each.url, "_blank", "noopener,noreferrer");
      return interact(node, each, block, context);
    },
  }, withEmoji(each.text?.text ?? ""), each.url ? icon("external") : null);
  return node;
}

function overflow(each, block, context) {
  const items = (each.options ?? []).map((option) => ({
    label: withEmoji(option.text?.text ?? ""),
    note: option.description ? withEmoji(option.description.text) : null,
    act: () => interact(node, each, block, context, option.value),
  }));
  const node = h("button", {
    type: "button", class: "button overflow", "aria-label": "More options", "aria-haspopup": "menu", "aria-expanded": "false",
    "data-focus": `${block.block_id ?? ""}/${each.action_id}`, onclick: () => openMenu(node, items, "More options"),
  }, icon("more"));
  return node;
}

function picker(each, block, context) {
  const value = context.values?.get(block, each) ?? first(each);
  const set = (chosen, final) => {
    context.values?.set(block, each, chosen);
    if (final && chosen !== null) interact(node, each, block, context, chosen);
  };
  const label = withEmoji(each.placeholder?.text ?? block.text?.text ?? each.type.replaceAll("_", " "));
  const node = h("span", { class: "picker" }, control(each, { mark: `${block.block_id ?? ""}/${each.action_id}`, value, set, label }));
  return node;
}
