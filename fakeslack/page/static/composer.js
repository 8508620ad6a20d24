// The message box: Enter sends, Shift+Enter starts a line, `/` offers commands, files can be attached, ↑ edits the last message.

import { act } from "./api.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { grow } from "./grow.js";
import { hints } from "./hints.js";
import { startEditing } from "./message_actions.js";
import { draft, keepDraft, state } from "./state.js";
import { toast } from "./toast.js";

const queues = new Map();

/** Draw the message box of a place once; it is kept while one stays there, and its draft after that. */
export function drawComposer(host, { channel, thread, label, messages }) {
  const key = `${state.as}/${channel}/${thread ?? ""}`;
  const names = `${key}/${label}`;
  if (host.dataset.key === names) {
    host.messages = messages;
    return;
  }
  host.dataset.key = names;
  host.messages = messages;
  host.replaceChildren(build(host, { key, channel, thread, label }));
  const box = host.querySelector("textarea");
  grow(box);
}

function build(host, place) {
  const box = h("textarea", { class: "compose-box", rows: 1, placeholder: place.label, "aria-label": place.label, value: draft(place.key).text, autocomplete: "off" });
  const picker = h("input", { type: "file", class: "unseen", multiple: true, tabindex: -1, "aria-hidden": "true", onchange: () => attach(place.key, picker, tray) });
  const tray = h("div", { class: "tray" });
  const list = hints(box, () => box.dispatchEvent(new Event("input")));
  const send = iconButton("send", "Send", () => submit(host, box, tray, place), { class: "icon-button send" });
  const form = h("form", {
    class: "compose-form",
    onsubmit: (event) => {
      event.preventDefault();
      submit(host, box, tray, place);
    },
  });
  box.addEventListener("input", () => typed(box, place.key, list, send));
  box.addEventListener("keydown", (event) => pressed(event, { host, box, tray, place, list }));
  box.addEventListener("blur", () => list.hide());
  wireDrops(form, place.key, tray);
  drawTray(tray, place.key);
  send.disabled = !box.value.trim() && !draft(place.key).files.length;
  tray.changed = () => (send.disabled = !box.value.trim() && !draft(place.key).files.length);
  const foot = h("div", { class: "compose-foot" },
    iconButton("attach", "Attach a photo or file", () => picker.click()), picker,
    h("span", { class: "hint" }, "Enter sends · Shift+Enter for a new line"), send);
  return fill(form, list.node, box, tray, foot);
}

function typed(box, key, list, send) {
  keepDraft(key, { ...draft(key), text: box.value });
  grow(box);
  list.update();
  send.disabled = !box.value.trim() && !draft(key).files.length;
}

function pressed(event, { host, box, tray, place, list }) {
  if (event.isComposing || list.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit(host, box, tray, place);
  } else if (event.key === "ArrowUp" && !box.value) {
    const last = [...(host.messages ?? [])].reverse().find((each) => each.user === state.as && !each.ephemeral && !each.bot_id);
    if (last) event.preventDefault(), startEditing(last, place.channel);
  }
}

async function submit(host, box, tray, place) {
  const text = box.value.trim();
  const { files } = draft(place.key);
  if (!text && !files.length) return;
  const call = prepared(text, files, place);
  if (!call) return;
  keepDraft(place.key, { text: "", files: [] });
  box.value = "";
  box.dispatchEvent(new Event("input"));
  drawTray(tray, place.key);
  if ((await queued(place.key, call)) !== undefined) return;
  if (draft(place.key).text) return;
  keepDraft(place.key, { text, files });
  if (box.isConnected) {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    drawTray(tray, place.key);
  }
}

/** What sending means: a command or a message; null when it may not be sent, after saying why. */
function prepared(text, files, { channel, thread }) {
  const as = state.as;
  if (!/^\/\w/.test(text) || files.length) return () => act(as, "say", { channel, text, thread_ts: thread ?? null }, files);
  const [command, rest] = [text.split(/\s/, 1)[0], text.replace(/^\S+\s*/, "")];
  const known = (state.snapshot?.commands ?? []).some((each) => each.command === command);
  if (known && !thread) return () => act(as, "command", { command, text: rest, channel });
  toast(known ? `${command} cannot be used in threads. Send it in the channel, or use the buttons and plain words here.`
    : `${command} is not a command of this workspace.`);
  return null;
}

/** One after the other, so that messages keep their order. */
function queued(key, call) {
  const turn = (queues.get(key) ?? Promise.resolve()).then(call, call);
  queues.set(key, turn);
  return turn;
}

function attach(key, picker, tray) {
  add(key, [...picker.files], tray);
  picker.value = "";
}

function add(key, files, tray) {
  keepDraft(key, { ...draft(key), files: [...draft(key).files, ...files] });
  drawTray(tray, key);
}

function drawTray(tray, key) {
  for (const img of tray.querySelectorAll("img")) URL.revokeObjectURL(img.src);
  tray.replaceChildren(...draft(key).files.map((file) => h("div", { class: "tray-file" },
    /^image\/(png|jpe?g|gif|webp)$/.test(file.type) ? h("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file"),
    h("span", { class: "tray-name" }, file.name),
    iconButton("close", `Remove ${file.name}`, () => {
      keepDraft(key, { ...draft(key), files: draft(key).files.filter((each) => each !== file) });
      drawTray(tray, key);
    }))));
  tray.changed?.();
}

function wireDrops(form, key, tray) {
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    add(key, [...event.dataTransfer.files], tray);
  });
  form.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) event.preventDefault(), add(key, [...event.clipboardData.files], tray);
  });
}
