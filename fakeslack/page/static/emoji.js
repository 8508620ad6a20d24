// Emoji short names to characters. The map comes from the server once.

let known = {};

export async function loadEmoji() {
  const answer = await fetch("/page/emoji.json");
  known = answer.ok ? await answer.json() : {};
}

const SKIN = { "skin-tone-2": "🏻", "skin-tone-3": "🏼", "skin-tone-4": "🏽", "skin-tone-5": "🏾", "skin-tone-6": "🏿" };

/** The character for `tada` or `wave::skin-tone-3`; the name in colons when nothing is known by it. */
export function emojiText(name) {
  const [base, tone] = String(name).split("::");
  const character = Object.hasOwn(known, base) ? known[base] : null;
  if (!character) return `:${name}:`;
  return tone && SKIN[tone] ? character.replace("\ufe0f", "") + SKIN[tone] : character;
}

export const isEmoji = (name) => Object.hasOwn(known, String(name).split("::")[0]);

/** Text with every `:name:` it knows replaced. */
export const withEmoji = (text) =>
  String(text).replaceAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/gi, (whole, name) => (isEmoji(name) ? emojiText(name) : whole));
