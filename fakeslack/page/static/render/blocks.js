// Block Kit to nodes. `context` says where the blocks stand and what an interaction does:
// { surface, act(block, element, selected), values, input(block, context) }.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { element } from "./elements.js";
import { inputBlock } from "./inputs.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";
import { addressOf, picture } from "./files.js";

export function blocks(list, context) {
  return h("div", { class: `blocks on-${context.surface}` }, (list ?? []).map((each) => block(each, context)));
}

/** A text object: mrkdwn, or plain text with emoji names. */
export function textObject(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : [h("div", { class: "line" }, text.emoji === false ? text.text : withEmoji(text.text))];
}

function section(block, context) {
  const fields = block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textObject(field)))) : null;
  const words = h("div", { class: "section-words" }, block.text ? h("div", { class: "text" }, textObject(block.text)) : null, fields);
  const accessory = block.accessory ? h("div", { class: "accessory" }, element(block.accessory, block, context)) : null;
  return h("div", { class: accessory ? "section with-accessory" : "section" }, words, accessory);
}

const header = (block) => h("p", { class: "header-block", role: "heading", "aria-level": 3 }, withEmoji(block.text?.text ?? ""));

const context = (block) =>
  h("div", { class: "context" }, (block.elements ?? []).map((each) =>
    each.type === "image" ? picture(each.image_url, each.alt_text, "context-image") : h("span", { class: "context-text" }, textObject(each))));

const actions = (block, at) => h("div", { class: "actions" }, (block.elements ?? []).map((each) => element(each, block, at)));

const image = (block) =>
  h("figure", { class: "image-block" },
    block.title ? h("figcaption", {}, withEmoji(block.title.text)) : null,
    picture(block.image_url ?? addressOf(block.slack_file), block.alt_text, "block-image"));

const video = (block) => h("p", {}, `▶ ${block.title?.text ?? "Video"} (${block.video_url ?? ""})`);

const BLOCKS = {
  section,
  header,
  context,
  actions,
  image,
  video,
  divider: () => h("hr"),
  rich_text: (block) => h("div", { class: "text" }, richText(block)),
  markdown: (block) => h("div", { class: "text" }, markdown(block.text)),
  table,
  input: inputBlock,
  alert: (block) => h("div", { class: "alert-block" }, textObject(block.text)),
};

function block(each, at) {
  if (Object.hasOwn(BLOCKS, each.type)) return BLOCKS[each.type](each, at);
  return h("p", { class: "unknown-block" }, `The preview does not draw “${each.type}” blocks yet.`);
}
