// What can be chosen: the options of an element, and the value it starts with. A value is a string, a list of strings, or null.

import { bot, channels, people, titleOf, zone } from "../state.js";
import { withEmoji } from "../emoji.js";
import { localInput } from "../time.js";
import { richTextWords } from "./richwords.js";

const option = (each) => ({
  value: each.value,
  label: withEmoji(each.text?.text ?? each.value),
  text: each.text,
  description: each.description,
});

const humans = () => people().filter((each) => !each.deleted && each.id !== "USLACKBOT");
const everybody = () => humans().map((each) => ({ value: each.id, label: each.id === bot()?.id ? `${each.real_name} (app)` : each.real_name }));
/** People by name, those an element starts with on top: among many names a tick further down would not be seen. */
const userOptions = (element) => {
  const chosen = new Set(element.initial_users ?? []);
  const [on, off] = [true, false].map((wanted) => everybody().filter((each) => chosen.has(each.value) === wanted));
  return [...on, ...off];
};
const channelOptions = () => channels().filter((each) => !each.is_im).map((each) => ({ value: each.id, label: `#${each.name}` }));
const conversationOptions = () => channels().map((each) => ({ value: each.id, label: each.is_im ? titleOf(each) : `#${each.name}` }));

/** Groups of options: [{label, options}]; a plain list is one group without a label. */
export function groups(element) {
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "users_select") return [{ label: null, options: userOptions(element) }];
  if (kind === "channels_select") return [{ label: null, options: channelOptions() }];
  if (kind === "conversations_select") return [{ label: null, options: conversationOptions() }];
  if (element.option_groups) return element.option_groups.map((each) => ({ label: withEmoji(each.label?.text ?? ""), options: each.options.map(option) }));
  return [{ label: null, options: (element.options ?? []).map(option) }];
}

const values = (list) => (list ?? []).map((each) => each.value);

const FIRST = {
  static_select: (each) => each.initial_option?.value ?? null,
  external_select: (each) => each.initial_option?.value ?? null,
  users_select: (each) => each.initial_user ?? null,
  channels_select: (each) => each.initial_channel ?? null,
  conversations_select: (each) => each.initial_conversation ?? null,
  radio_buttons: (each) => each.initial_option?.value ?? null,
  checkboxes: (each) => values(each.initial_options),
  multi_static_select: (each) => values(each.initial_options),
  multi_external_select: (each) => values(each.initial_options),
  multi_users_select: (each) => each.initial_users ?? [],
  multi_channels_select: (each) => each.initial_channels ?? [],
  multi_conversations_select: (each) => each.initial_conversations ?? [],
  datepicker: (each) => each.initial_date ?? null,
  timepicker: (each) => each.initial_time ?? null,
  datetimepicker: (each) => (each.initial_date_time ? localInput(new Date(each.initial_date_time * 1000), zone()) : null),
  rich_text_input: (each) => (each.initial_value ? richTextWords(each.initial_value) : null),
};

/** The value an element starts with. */
export function first(element) {
  return Object.hasOwn(FIRST, element.type) ? FIRST[element.type](element) : element.initial_value ?? null;
}

/** Whether an element holds a value of its own (a button does not). */
export const holdsValue = (element) => Object.hasOwn(FIRST, element.type) || /_input$/.test(element.type);
