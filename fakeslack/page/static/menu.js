// A small menu beside a button: arrow keys, Home, End, first letters, Enter, Esc. Uses the browser's popover layer.

import { fill, h } from "./dom.js";

let open = null;

/** Open a menu of {label, note, danger, checked, act, node} under a button. */
export function openMenu(button, items, label) {
  if (closeMenu() === button) return;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "manual" });
  fill(menu, items.map((item) => row(item)));
  (button.closest("dialog") ?? document.body).append(menu);
  open = { menu, button };
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, button);
  menu.addEventListener("keydown", (event) => keys(event, menu));
  (menu.querySelector("[aria-checked=true]") ?? menu.firstElementChild)?.focus();
}

/** Close the open menu; gives its button. */
export function closeMenu({ focus = false } = {}) {
  if (!open) return null;
  const { menu, button } = open;
  open = null;
  menu.remove();
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
  return button;
}

function row(item) {
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const act = () => {
    closeMenu({ focus: true });
    item.act();
  };
  return h("button", { type: "button", class: item.danger ? "menu-item danger" : "menu-item", role, tabindex: -1, "aria-checked": item.checked, onclick: act },
    item.node ?? null, h("span", { class: "menu-words" }, h("span", { class: "menu-label" }, item.label), item.note ? h("span", { class: "menu-note" }, item.note) : null));
}

function place(menu, button) {
  const from = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(from.left, innerWidth - size.width - 8));
  const below = from.bottom + 6;
  const top = below + size.height > innerHeight - 8 ? Math.max(8, from.top - size.height - 6) : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function keys(event, menu) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[to].focus();
  else if (event.key === "Escape") closeMenu({ focus: true });
  else if (event.key === "Tab") return void closeMenu({ focus: true });
  else if (event.key.length === 1 && /\S/.test(event.key)) byLetter(items, at, event.key);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function byLetter(items, at, letter) {
  const starts = (item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase());
  [...items.slice(at + 1), ...items.slice(0, at + 1)].find(starts)?.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.button.contains(event.target)) closeMenu();
});
addEventListener("resize", () => closeMenu());
