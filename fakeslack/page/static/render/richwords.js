// A rich_text tree as a person would type it, for a text area: what is composed again from it keeps its styles and lists.

import { channels, nameOf } from "../state.js";

const MARKS = [["code", "`"], ["strike", "~"], ["italic", "_"], ["bold", "*"]];

/** Marks around words, inside the spaces at their ends: `*` takes effect at word boundaries only. */
function marked(text, style = {}) {
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
  if (!words) return text;
  return before + MARKS.reduce((inner, [name, mark]) => (style[name] ? mark + inner + mark : inner), words) + after;
}

const channelName = (id) => channels().find((each) => each.id === id)?.name ?? id;

const LEAVES = {
  text: (each) => marked(each.text ?? "", each.style),
  link: (each) => (each.text && each.text !== each.url ? `${each.text} (${each.url})` : each.url ?? ""),
  emoji: (each) => `:${each.name}${each.skin_tone ? `::skin-tone-${each.skin_tone}` : ""}:`,
  user: (each) => `@${nameOf(each.user_id)}`,
  channel: (each) => `#${channelName(each.channel_id)}`,
  broadcast: (each) => `@${each.range}`,
  date: (each) => each.fallback ?? "",
};

const words = (element) => (element.elements ?? []).map((each) => (Object.hasOwn(LEAVES, each.type) ? LEAVES[each.type](each) : each.text ?? "")).join("");

function list(element) {
  const margin = "    ".repeat(element.indent ?? 0);
  const mark = (at) => (element.style === "ordered" ? `${at + 1 + (element.offset ?? 0)}.` : "•");
  return (element.elements ?? []).map((item, at) => `${margin}${mark(at)} ${words(item)}`).join("\n");
}

const PARTS = {
  rich_text_list: list,
  rich_text_quote: (element) => words(element).split("\n").map((line) => `> ${line}`).join("\n"),
  rich_text_preformatted: (element) => `\`\`\`${(element.elements ?? []).map((each) => each.text ?? each.url ?? "").join("")}\`\`\``,
};

/** The words of a rich_text block. */
export function richTextWords(block) {
  const parts = (block?.elements ?? []).map((element) => (PARTS[element.type] ?? words)(element).replace(/\n$/, ""));
  return parts.join("\n").replace(/\n+$/, "");
}
