// A text area as tall as its words, up to what the style allows.

export function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
