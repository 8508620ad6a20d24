// A person's picture: initials on a colour of their own.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";

const HUES = [168, 24, 262, 205, 338, 44, 120, 288, 188, 8];

function hueOf(id) {
  let sum = 7;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

function initials(name) {
  const words = String(name).trim().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, "")][0] ?? "").join("").toUpperCase() || "?";
}

export function avatar(each, size = "") {
  const known = each ?? { id: "?", real_name: "?" };
  const node = h("span", { class: `avatar ${size} ${known.is_bot ? "app" : ""}`, "aria-hidden": "true" },
    known.is_bot ? withEmoji(known.icon ?? "") || initials(known.real_name) : initials(known.real_name));
  node.style.setProperty("--hue", hueOf(known.id));
  return node;
}
