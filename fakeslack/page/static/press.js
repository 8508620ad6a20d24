// A button that is drawn anew between its press and its release gets no click. So drawing waits for the release.

const LONGEST_MS = 2000; // a release may never be told: an open list of choices swallows it
let pressed = null;
let waiting = [];

function press() {
  clearTimeout(pressed);
  pressed = setTimeout(release, LONGEST_MS);
}

function release() {
  clearTimeout(pressed);
  pressed = null;
  const released = waiting;
  waiting = [];
  setTimeout(() => released.forEach((go) => go())); // the click comes right after the release, and first
}

export function wirePress() {
  addEventListener("pointerdown", press, true);
  addEventListener("pointerup", release, true);
  addEventListener("pointercancel", release, true);
}

/** Wait until nothing is pressed, or has been for two seconds. */
export async function untilReleased() {
  if (pressed !== null) await new Promise((go) => waiting.push(go));
}
