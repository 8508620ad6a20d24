// The markdown block: headings, lists and tasks, quotes, fenced code, tables, rules, and inline styles.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { link } from "./entities.js";

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const FENCE = /^ {0,3}(```+|~~~+)/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function markdown(text) {
  return h("div", { class: "markdown" }, blocks(String(text ?? "").split("\n")));
}

function blocks(lines) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const [node, next] = block(lines, at);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function block(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (FENCE.test(line)) return fence(lines, at);
  const heading = HEADING.exec(line);
  if (heading) return [h("p", { class: "md-heading", role: "heading", "aria-level": 3 + heading[1].length }, inline(heading[2])), at + 1];
  if (RULE.test(line)) return [h("hr"), at + 1];
  if (/^ {0,3}>/.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  if (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "x")) return table(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  const mark = FENCE.exec(lines[at])[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
  return [h("pre", {}, lines.slice(at + 1, end).join("\n")), end + 1];
}

function quote(lines, at) {
  let end = at;
  while (end < lines.length && /^ {0,3}>/.test(lines[end])) end += 1;
  return [h("blockquote", {}, blocks(lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, "")))), end];
}

function list(lines, at) {
  const [, margin, mark] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (item && item[1].length <= margin.length && /\d/.test(item[2]) === ordered) items.push([item[3]]);
    else if (!lines[end].trim() && !/^\s+\S/.test(lines[end + 1] ?? "") && !ITEM.test(lines[end + 1] ?? "")) break;
    else if (item || /^\s+\S/.test(lines[end]) || !lines[end].trim()) items.at(-1).push(lines[end].slice(margin.length + 2));
    else break;
    end += 1;
  }
  const start = ordered ? Number.parseInt(mark, 10) : null;
  return [h(ordered ? "ol" : "ul", { start: start === 1 ? null : start }, items.map(itemNode)), end];
}

function itemNode(lines) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(lines[0]);
  const first = task ? [h("span", { class: "task" }, task[1] === " " ? "☐ " : "☑ "), inline(task[2])] : inline(lines[0]);
  return h("li", { class: task ? "task-item" : null }, first, blocks(lines.slice(1)));
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function table(lines, at) {
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const head = h("thead", {}, h("tr", {}, cells(lines[at]).map((cell) => h("th", { scope: "col" }, inline(cell)))));
  const rows = lines.slice(at + 2, end).map((line) => h("tr", {}, cells(line).map((cell) => h("td", {}, inline(cell)))));
  return [h("div", { class: "table-scroll" }, h("table", {}, head, h("tbody", {}, rows))), end];
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !FENCE.test(lines[end]) && !HEADING.test(lines[end]) && !ITEM.test(lines[end]) && !/^ {0,3}>/.test(lines[end])) end += 1;
  return [h("p", {}, inline(lines.slice(at, end).join("\n"))), end];
}

const INLINE = [
  [/\\([\\`*_{}[\]()#+.!|<>~-])/, (m) => m[1]],
  [/(`+)([\s\S]+?)\1/, (m) => h("code", {}, m[2].trim())],
  [/!?\[([^\]]*)\]\(([^\s)]+)(?:\s+"[^"]*")?\)/, (m) => link(m[2], m[1] || undefined)],
  [/<((?:https?:|mailto:)[^>\s]+)>/, (m) => link(m[1])],
  [/\*\*(\S[\s\S]*?)\*\*|__(\S[\s\S]*?)__/, (m) => h("strong", {}, inline(m[1] ?? m[2]))],
  [/(?<![\p{L}\p{N}*])\*(?!\s)([^*\n]+?)\*|(?<![\p{L}\p{N}_])_(?!\s)([^_\n]+?)_(?![\p{L}\p{N}])/u, (m) => h("em", {}, inline(m[1] ?? m[2]))],
  [/~~(\S[\s\S]*?)~~/, (m) => h("s", {}, inline(m[1]))],
  [/https?:\/\/[^\s<>]*[^\s<>.,;:!?)"'*_]/, (m) => link(m[0])],
];

function inline(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    let best = null;
    for (const [pattern, make] of INLINE) {
      const match = pattern.exec(rest);
      if (match && (!best || match.index < best.match.index)) best = { match, make };
    }
    if (!best) break;
    if (best.match.index) nodes.push(withEmoji(rest.slice(0, best.match.index)));
    nodes.push(best.make(best.match));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  if (rest) nodes.push(withEmoji(rest));
  return nodes;
}
