// Slack's mrkdwn to nodes. Styles count at word boundaries and inside one line; `<…>` are Slack's own entities; everything
// else is text. `&amp;`, `&lt;` and `&gt;` are the only escapes.

import { h } from "../dom.js";
import { emojiText, isEmoji } from "../emoji.js";
import { broadcastChip, channelChip, dateChip, groupChip, link, userChip } from "./entities.js";
import { paragraphs } from "./gaps.js";

export const unescape = (text) => String(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const TOKENS = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|([*_~])(?=\S)|https?:\/\/[^\s<>|]+/gi;
const TAGS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;

/** Nodes for a whole mrkdwn text: paragraphs, quotes, preformatted. */
export function mrkdwn(text, options = {}) {
  const parts = String(text ?? "").split(/```/);
  if (parts.length % 2 === 0) {
    const unclosed = parts.pop();
    parts.push(`${parts.pop()}\`\`\`${unclosed}`);
  }
  return parts.flatMap((part, at) => (at % 2 ? pre(part) : lines(trimmed(part, at, parts.length), options)));
}

const pre = (text) => [h("pre", {}, unescape(text.replace(/^\n/, "").replace(/\n$/, "")))];

function trimmed(text, at, count) {
  let left = text;
  if (at > 0) left = left.replace(/^\n/, "");
  if (at < count - 1) left = left.replace(/\n$/, "");
  return left;
}

function lines(text, options) {
  if (text === "") return [];
  const groups = [];
  let rest = false;
  for (const line of text.split("\n")) {
    const long = line.startsWith("&gt;&gt;&gt;");
    const quoted = rest || line.startsWith("&gt;");
    const words = rest ? line : long ? line.slice(12) : quoted ? line.slice(4) : line;
    rest ||= long;
    if (groups.at(-1)?.quoted === quoted) groups.at(-1).lines.push(quoted ? words.replace(/^ /, "") : words);
    else groups.push({ quoted, lines: [quoted ? words.replace(/^ /, "") : words] });
  }
  return groups.map((group) => h(group.quoted ? "blockquote" : "div", { class: "line" }, inline(group.lines.join("\n"), options)));
}

/** Nodes for a run of mrkdwn without blocks. */
export function inline(text, options = {}) {
  const nodes = [];
  let at = 0;
  const say = (words) => nodes.push(...paragraphs(unescape(words)));
  const scan = new RegExp(TOKENS.source, TOKENS.flags);
  for (let match = scan.exec(text); match; match = scan.exec(text)) {
    const found = read(text, match, options);
    if (!found) {
      scan.lastIndex = match.index + 1;
      continue;
    }
    say(text.slice(at, match.index));
    nodes.push(found.node);
    at = found.end;
    scan.lastIndex = at;
  }
  say(text.slice(at));
  return nodes;
}

function read(text, match, options) {
  const [whole, code, entity, emoji, mark] = match;
  const end = match.index + whole.length;
  if (code !== undefined) return { node: h("code", {}, unescape(code)), end };
  if (entity !== undefined) return { node: entityNode(entity, /^$|[\n.!?]\s*$/.test(text.slice(0, match.index))), end };
  if (emoji !== undefined) return isEmoji(emoji) ? { node: h("span", { class: "emoji", title: `:${emoji}:` }, emojiText(emoji)), end } : null;
  if (mark !== undefined) return styled(text, match.index, mark, options);
  return bare(whole, match.index);
}

function bare(whole, index) {
  const address = whole.replace(/(&gt;|&lt;).*$/, "").replace(/[.,;:!?)\]*_~"'’”]+$/, "");
  return address.length < 9 ? null : { node: link(unescape(address)), end: index + address.length };
}

function styled(text, index, mark, options) {
  if (index > 0 && (WORD.test(text[index - 1]) || text[index - 1] === mark)) return null;
  const end = closing(text, index, mark);
  if (end < 0) return null;
  return { node: h(TAGS[mark], {}, inline(text.slice(index + 1, end), options)), end: end + 1 };
}

/** Where the style opened at `index` closes; -1 when it does not: then the mark is only a mark. */
function closing(text, index, mark) {
  for (let at = index + 1; at < text.length && text[at] !== "\n"; at += 1) {
    const skip = { "`": "`", "<": ">" }[text[at]];
    const over = skip ? text.indexOf(skip, at + 1) : -1;
    if (over > 0) at = over;
    else if (text[at] === mark && at > index + 1 && !/\s/.test(text[at - 1]) && !WORD.test(text[at + 1] ?? " ")) return at;
  }
  return -1;
}

function entityNode(inside, opens) {
  const bar = inside.indexOf("|");
  const head = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescape(inside.slice(bar + 1));
  if (/^@[UW]/.test(head)) return userChip(head.slice(1), label);
  if (/^#[CG]/.test(head)) return channelChip(head.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(head)) return broadcastChip(head.slice(1));
  if (head.startsWith("!subteam^")) return groupChip(label ?? head.slice(9));
  if (head.startsWith("!date^")) return slackDateNode(head, label, opens);
  return link(unescape(head), label);
}

function slackDateNode(head, fallback, opens) {
  const [, seconds, template = "", address] = head.split("^");
  const node = dateChip(seconds, unescape(template), fallback, address && unescape(address), opens);
  return node instanceof Node ? node : document.createTextNode(node);
}
