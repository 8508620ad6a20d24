// Dates and times in a person's own zone. The simulated clock's present comes in as an argument.

const made = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!made.has(key)) made.set(key, safely(zone, options));
  return made.get(key);
}

function safely(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", ...options });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  }
}

export const fromTs = (ts) => new Date(Number(ts) * 1000);

export const clockTime = (date, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
export const clockSeconds = (date, zone) => format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(date);
export const dayKey = (date, zone) => format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
export const shortDay = (date, zone) => format(zone, { weekday: "short", day: "numeric", month: "short" }).format(date).replace(",", "");
export const weekday = (date, zone) => format(zone, { weekday: "short" }).format(date);
export const longDay = (date, zone) => format(zone, { weekday: "long", day: "numeric", month: "long" }).format(date).replace(",", "");
export const fullDay = (date, zone) => format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date).replace(",", "");
export const zoneShort = (date, zone) =>
  format(zone, { timeZoneName: "shortOffset" }).formatToParts(date).find((part) => part.type === "timeZoneName")?.value.replace(/\+0$/, "") ?? "";
export const zoneCity = (zone) => (zone || "UTC").split("/").pop().replaceAll("_", " ");

/** "2026-03-05T10:00" in a zone, as a datetime-local input wants it. */
export function localInput(date, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      .formatToParts(date).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The heading of a day in a conversation: Today, Yesterday, or the date. */
export function dayName(date, zone, now) {
  const day = dayKey(date, zone);
  if (day === dayKey(now, zone)) return "Today";
  if (day === dayKey(new Date(now.getTime() - 86_400_000), zone)) return "Yesterday";
  return Math.abs(now - date) > 300 * 86_400_000 ? fullDay(date, zone) : longDay(date, zone);
}

const pretty = (date, zone, now, otherwise) => {
  const day = dayKey(date, zone);
  if (day === dayKey(now, zone)) return "today";
  if (day === dayKey(new Date(now.getTime() - 86_400_000), zone)) return "yesterday";
  if (day === dayKey(new Date(now.getTime() + 86_400_000), zone)) return "tomorrow";
  return otherwise(date, zone);
};

function ago(date, now) {
  const minutes = Math.round((now - date) / 60_000);
  const [amount, unit] = [[1440, "day"], [60, "hour"], [1, "minute"]].find(([size]) => Math.abs(minutes) >= size) ?? [1, "minute"];
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(-Math.round(minutes / amount), unit);
}

const date = (when, zone) => format(zone, { day: "numeric", month: "long", year: "numeric" }).format(when);
const dateShort = (when, zone) => format(zone, { day: "numeric", month: "short", year: "numeric" }).format(when);

/** Slack's date format: "{date_short_pretty} at {time}". */
export function slackDate(seconds, template, zone, now) {
  const when = new Date(Number(seconds) * 1000);
  const words = {
    date_num: () => localInput(when, zone).slice(0, 10),
    date: () => date(when, zone),
    date_short: () => dateShort(when, zone),
    date_long: () => fullDay(when, zone),
    date_pretty: () => pretty(when, zone, now, date),
    date_short_pretty: () => pretty(when, zone, now, dateShort),
    date_long_pretty: () => pretty(when, zone, now, fullDay),
    date_long_full: () => fullDay(when, zone),
    day_divider_pretty: () => dayName(when, zone, now),
    time: () => clockTime(when, zone),
    time_secs: () => clockSeconds(when, zone),
    ago: () => ago(when, now),
  };
  return template.replaceAll(/\{(\w+)\}/g, (whole, name) => words[name]?.() ?? whole);
}

/** The instant of a wall-clock time ("2026-03-05T10:00") in a zone. */
export function instantOf(local, zone) {
  const wanted = Date.parse(`${local}Z`);
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) guess += wanted - Date.parse(`${localInput(new Date(guess), zone)}Z`);
  return new Date(guess);
}
