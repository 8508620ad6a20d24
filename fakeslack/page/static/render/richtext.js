// Slack's rich_text tree to nodes.

import { h } from "../dom.js";
import { emojiText } from "../emoji.js";
import { broadcastChip, channelChip, dateChip, groupChip, link, userChip } from "./entities.js";
import { paragraphs } from "./gaps.js";

const MARKERS = ["decimal", "lower-alpha", "lower-roman"];

export function richText(block) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map(part));
}

function part(element) {
  if (element.type === "rich_text_list") return list(element);
  if (element.type === "rich_text_quote") return h("blockquote", { class: "line" }, children(element));
  if (element.type === "rich_text_preformatted") return h("pre", {}, (element.elements ?? []).map((each) => each.text ?? each.url ?? ""));
  return h("div", { class: "line" }, children(element));
}

function list(element) {
  const ordered = element.style === "ordered";
  const indent = Math.min(element.indent ?? 0, 8);
  const marker = ordered ? MARKERS[indent % 3] : ["disc", "circle", "square"][indent % 3];
  const start = ordered && element.offset ? element.offset + 1 : null;
  const attributes = { class: `list indent-${indent} marker-${marker}`, start };
  return h(ordered ? "ol" : "ul", attributes, (element.elements ?? []).map((item) => h("li", {}, children(item))));
}

const children = (element) => (element.elements ?? []).map((each, at) => leaf(each, at === 0));

const LEAVES = {
  text: (each) => styled(paragraphs(each.text ?? ""), each.style),
  link: (each) => styled(link(each.url ?? "", each.text || undefined), each.style),
  user: (each) => styled(userChip(each.user_id), each.style),
  usergroup: (each) => groupChip(each.usergroup_id ?? "group"),
  channel: (each) => styled(channelChip(each.channel_id), each.style),
  broadcast: (each) => broadcastChip(each.range ?? "channel"),
  emoji: (each) => emoji(each),
  date: (each, opens) => dateChip(each.timestamp, each.format ?? "{date}", each.fallback, each.url, opens),
  color: (each) => h("code", {}, each.value ?? ""),
  team: (each) => h("span", { class: "mention" }, each.team_id ?? ""),
};

const leaf = (each, opens) => (Object.hasOwn(LEAVES, each.type) ? LEAVES[each.type](each, opens) : each.text ?? "");

function emoji(each) {
  const name = each.skin_tone ? `${each.name}::skin-tone-${each.skin_tone}` : each.name ?? "";
  return h("span", { class: "emoji", title: `:${name}:` }, fromHex(each.unicode) ?? emojiText(name));
}

function fromHex(unicode) {
  if (!/^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode ?? "")) return null;
  const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

const STYLES = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["highlight", "mark"], ["code", "code"]];

function styled(inner, style = {}) {
  return STYLES.reduceRight((node, [name, tag]) => (style[name] ? h(tag, {}, node) : node), inner);
}
