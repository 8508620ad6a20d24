// The table block: its first row is the heading.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { richText } from "./richtext.js";

const inside = (cell) =>
  cell.type === "rich_text" ? richText(cell) : cell.type === "raw_number" ? String(cell.value ?? cell.text ?? "") : withEmoji(cell.text ?? "");

function row(cells, tag, settings) {
  return h("tr", {}, cells.map((cell, at) => h(tag, {
    scope: tag === "th" ? "col" : null,
    class: `align-${settings[at]?.align ?? "left"}${settings[at]?.is_wrapped ? " wrapped" : ""}`,
  }, inside(cell))));
}

export function table(block) {
  const settings = block.column_settings ?? [];
  const [head, ...rest] = block.rows ?? [];
  return h("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    h("table", {}, head ? h("thead", {}, row(head, "th", settings)) : null, h("tbody", {}, rest.map((cells) => row(cells, "td", settings)))));
}
