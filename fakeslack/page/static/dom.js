// Making elements. Text always becomes a text node: nothing here, or anywhere on the page, takes HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  menu: "M3 6h14M3 10h14M3 14h14",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  send: "M3 10l14-6-4 13-3.500-5.500zM9.500 11.500L17 4",
  attach: "M14.500 9.500l-5 5a3.200 3.200 0 0 1-4.500-4.500l6-6a2.200 2.200 0 0 1 3.100 3.100l-5.800 5.800a1 1 0 0 1-1.500-1.500l5-5",
  reply: "M4 5h12v8H9l-4 3v-3H4z",
  edit: "M4 16l1-4 8-8 3 3-8 8zM11.500 5.500l3 3",
  trash: "M4 6h12M8 6V4h4v2M6 6l.7 10h6.600L14 6",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  hash: "M8 4L6.500 16M13.500 4L12 16M4.500 8h12M3.500 12h12",
  lock: "M6 9h8v7H6zM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9",
  eye: "M2.500 10s2.800-5 7.500-5 7.500 5 7.500 5-2.800 5-7.500 5-7.500-5-7.500-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  wire: "M3 7h12l-3-3M17 13H5l3 3",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4l2.800 2",
  people: "M7.500 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5M2.500 16c0-3 2-4.500 5-4.500s5 1.500 5 4.500M13 5a2.500 2.500 0 0 1 0 4.500M14.500 12c2 .5 3 2 3 4",
  check: "M4.500 10.500l3.500 3.500 7.500-8",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M7.500 8.500h.01M12.500 8.500h.01M7 11.500c1.500 2.500 4.500 2.500 6 0",
  external: "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
  image: "M3 4h14v12H3zM3 13l4-4 3 3 3-3 4 4M12.500 7.500h.01",
  file: "M5 3h7l3 3v11H5zM12 3v3h3",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function put(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Make an element: h("p", {class: "x", onclick: f}, "text", child, [more]). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  const later = [];
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "value") later.push(value); else put(element, name, value);
  }
  fill(element, ...children);
  for (const value of later) put(element, "value", value);
  return element;
}

/** Append children: nodes as they are, everything else as text. */
export function fill(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

export const byId = (id) => document.getElementById(id);

/**
 * Make `parent` hold one node per item, in order. A node whose hash is the same is kept as it is (and with it focus,
 * typed text and open menus); the focus inside a replaced one goes to the same `data-focus` in its successor.
 */
export function reconcile(parent, items, render) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.closest("[data-key]")?.dataset.key;
  const mark = focused?.dataset.focus;
  let at = parent.firstElementChild;
  for (const item of items) {
    let node = old.get(item.key);
    old.delete(item.key);
    if (node && node.dataset.hash !== item.hash) {
      const fresh = keyed(render(item), item);
      if (at === node) at = fresh;
      node.replaceWith(fresh);
      node = fresh;
    }
    node ??= keyed(render(item), item);
    if (at === node) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
  for (const gone of old.values()) gone.remove();
  if (focused && !focused.isConnected && place) refocus(parent, place, mark);
}

function keyed(node, item) {
  node.dataset.key = item.key;
  node.dataset.hash = item.hash;
  return node;
}

function refocus(parent, place, mark) {
  const node = [...parent.children].find((child) => child.dataset.key === place);
  const wanted = mark && [...(node?.querySelectorAll("[data-focus]") ?? [])].find((each) => each.dataset.focus === mark);
  (wanted || node)?.focus({ preventScroll: true });
}

/** A short stable number for a string, for colours and hashes. */
export function digest(text) {
  let value = 2166136261;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return (value >>> 0).toString(36) + text.length.toString(36);
}
