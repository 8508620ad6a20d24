// Paragraphs as Slack sets them: the blank line between two is lower than a line of text.

import { h } from "../dom.js";

/** A text in pieces: its paragraphs, and what is between them. */
export const paragraphs = (text) =>
  String(text).split(/(\n{2,})/).filter(Boolean).map((piece) => (/^\n{2,}$/.test(piece) ? h("span", { class: "gap" }, piece) : piece));
