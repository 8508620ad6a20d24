// The app's Home tab.

import { act } from "./api.js";
import { byId, digest, h, reconcile } from "./dom.js";
import { blocks } from "./render/blocks.js";
import { bot, state } from "./state.js";
import { valuesOf } from "./values.js";

function context(view) {
  const values = valuesOf(view.id, view.blocks);
  return {
    surface: "home",
    values,
    act: (block, element, selected) =>
      act(state.as, "click_view", { view_id: view.id, action_id: element.action_id, block_id: block.block_id, selected, state: values.all() }),
  };
}

export function drawHome() {
  const view = state.snapshot.home;
  const { state: _typed, hash: _hash, ...look } = view ?? {};
  const item = { key: "home", hash: digest(JSON.stringify([look, state.as])) };
  reconcile(byId("home"), [item], () => h("div", { class: "home-page" },
    view ? blocks(view.blocks, context(view)) : h("p", { class: "home-empty" }, `${bot()?.real_name ?? "The app"} has not filled this tab yet.`)));
}
