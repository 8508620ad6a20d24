// The small things inside text that every format shares: links, people, channels, broadcasts, dates.

import { h } from "../dom.js";
import { channel, now, person, zone } from "../state.js";
import { slackDate } from "../time.js";

const SAFE = /^(https?:|mailto:|tel:)/i;

/** A link, or its words when the address is of a kind a browser should not follow. */
export function link(address, label) {
  const words = label ?? address;
  if (!SAFE.test(address)) return document.createTextNode(words === address ? address : `${words} (${address})`);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

export function userChip(id, label) {
  const known = person(id);
  return h("span", { class: "mention", title: known ? known.real_name : id }, `@${known ? known.real_name : label || id}`);
}

export function channelChip(id, label) {
  return h("span", { class: "mention" }, `#${channel(id)?.name ?? (label || id)}`);
}

export const groupChip = (label) => h("span", { class: "mention" }, label.startsWith("@") ? label : `@${label}`);
export const broadcastChip = (range) => h("span", { class: "mention broadcast" }, `@${range}`);

const TOKEN = /\{(\w*)\}/g;
const DATES = new Set([
  "date_num", "date", "date_short", "date_long", "date_pretty", "date_short_pretty", "date_long_pretty",
  "date_long_full", "day_divider_pretty", "time", "time_secs", "ago",
]);

/** Slack's date, in the acting person's zone; the fallback when its format is not one Slack knows. */
export function dateChip(seconds, template, fallback, address, opens = false) {
  const known = [...template.matchAll(TOKEN)].every((match) => DATES.has(match[1]));
  const valid = /^\d+$/.test(String(seconds)) && known;
  const said = valid ? slackDate(seconds, template, zone(), now()) : fallback || "";
  const words = opens ? said.charAt(0).toUpperCase() + said.slice(1) : said;
  const shown = valid ? h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fallback || null }, words) : words;
  return address && SAFE.test(address) ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown) : shown;
}
