// A button that is drawn anew between its press and its release gets no click. So drawing waits for the release.

const LONGEST_MS = 1000; // a release may never be told: an open list of choices swallows it
let pressed = false;
let released = [];

function release() {
  pressed = false;
  const waiting = released;
  released = [];
  setTimeout(() => waiting.forEach((go) => go())); // the click comes right after the release, and first
}

export function wirePress() {
  addEventListener("pointerdown", () => (pressed = true), true);
  addEventListener("pointerup", release, true);
  addEventListener("pointercancel", release, true);
}

/** Wait until nothing is pressed, or for a second. */
export async function untilReleased() {
  if (!pressed) return;
  await new Promise((go) => {
    released.push(go);
    setTimeout(go, LONGEST_MS);
  });
}
