// What has been typed and chosen in views, kept by block_id and action_id while the view is open.

import { holdsValue } from "./render/choices.js";
import { zone } from "./state.js";
import { instantOf } from "./time.js";

const kept = new Map();

/** The values of one view: {get, set, all}. */
export function valuesOf(viewId, blocks) {
  if (!kept.has(viewId)) kept.set(viewId, new Map());
  const given = kept.get(viewId);
  const key = (block, element) => `${block.block_id}\n${element.action_id}\n${element.type}`;
  return {
    get: (block, element) => given.get(key(block, element)),
    set: (block, element, value) => given.set(key(block, element), value),
    all: () => collect(blocks, (block, element) => given.get(key(block, element))),
  };
}

export const forget = (viewId) => kept.delete(viewId);

const elementsOf = (block) => [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].filter((each) => each && holdsValue(each));

/** What a person typed or chose: {block_id: {action_id: value}}, null where they emptied it. The rest is as the app set it. */
function collect(blocks, given) {
  const all = {};
  for (const block of blocks ?? []) {
    for (const element of elementsOf(block)) {
      const value = given(block, element);
      if (value === undefined) continue;
      all[block.block_id] ??= {};
      all[block.block_id][element.action_id] = sent(element, value);
    }
  }
  return all;
}

/** A value as the app gets it: a wall-clock date and time becomes seconds. */
export function sent(element, value) {
  return element.type === "datetimepicker" && value ? instantOf(value, zone()).getTime() / 1000 : value;
}
