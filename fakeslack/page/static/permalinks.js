// Permalinks of messages lead to the message on this page, seen by the same person, instead of to a new tab.

import { channel, go } from "./state.js";

const PERMALINK = /^\/archives\/([A-Z0-9_]+)\/p(\d+)(\d{6})$/;

/** Where a permalink leads: its channel, the message, and the thread it stands in. */
function target(link) {
  const address = new URL(link.href, location.href);
  const found = address.origin === location.origin ? PERMALINK.exec(address.pathname) : null;
  return found && { channel: found[1], ts: `${found[2]}.${found[3]}`, thread: address.searchParams.get("thread_ts") };
}

/** Show the message and put the focus on it, as soon as it is drawn. */
function show({ ts, thread }) {
  const message = document.querySelector(`${thread ? "#thread" : "#messages"} [data-ts="${CSS.escape(ts)}"]`);
  message?.scrollIntoView({ block: "center" });
  message?.focus({ preventScroll: true });
}

export function wirePermalinks() {
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const where = link && !event.ctrlKey && !event.metaKey && !event.shiftKey ? target(link) : null;
    if (!where) return;
    event.preventDefault();
    if (!channel(where.channel)) return;
    go({ channel: where.channel, thread: where.thread, tab: "messages" });
    requestAnimationFrame(() => show(where));
  });
}
