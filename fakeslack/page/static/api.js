// Asking the server. Every failure becomes a sentence in a toast.

import { toast } from "./toast.js";

const HEADERS = { "X-Preview-Page": "1" };

export class Refused extends Error {}

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Refused("The local server does not answer. Is the demo still running in your terminal?");
  }
  const text = await answer.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = { error: text.slice(0, 200) };
  }
  if (!answer.ok || body.error) throw new Refused(body.error || `The local server answered ${answer.status}.`);
  return body;
}

export const getSnapshot = (as) => ask(`/page/snapshot?as=${encodeURIComponent(as)}`);
export const getCalls = (after) => ask(`/page/calls?after=${after}`);

/** Do something as a person; on failure say so and give undefined. */
export async function act(as, verb, body, files = []) {
  const address = `/page/act/${verb}?as=${encodeURIComponent(as)}`;
  return told(() => ask(address, files.length ? form(body, files) : json(body)));
}

export const jump = (body) => told(() => ask("/page/clock", json(body)));

async function told(call) {
  try {
    return (await call()).result ?? null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(/^[a-z]+(_[a-z]+)+/.test(error.message) ? `Slack would refuse this: ${error.message}` : error.message);
    return undefined;
  }
}

const json = (body) => ({ method: "POST", headers: { ...HEADERS, "Content-Type": "application/json" }, body: JSON.stringify(body) });

function form(body, files) {
  const data = new FormData();
  data.set("body", JSON.stringify(body));
  for (const file of files) data.append("files", file, file.name);
  return { method: "POST", headers: HEADERS, body: data };
}
