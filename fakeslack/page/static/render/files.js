// Pictures and files. The page fetches nothing from elsewhere: a picture on another host is shown as a card that says so.

import { h, icon } from "../dom.js";

const local = (address) => {
  try {
    return new URL(address, location.href).origin === location.origin;
  } catch {
    return false;
  }
};

const host = (address) => {
  try {
    return new URL(address).host;
  } catch {
    return "elsewhere";
  }
};

/** The address of a file that a block names, on this page's own server where it is there. */
export function addressOf(file) {
  const id = file?.id ?? /\/files-pri\/[^/]*-(F[A-Z0-9]+)\//.exec(file?.url ?? "")?.[1];
  return id ? `/page/file/${encodeURIComponent(id)}` : file?.url;
}

/** A picture of this server's, or a card in place of one on another host. */
export function picture(address, alt, kind) {
  if (local(address ?? "")) return h("img", { class: kind, src: address, alt: alt ?? "", loading: "lazy" });
  const safe = /^https?:/i.test(address ?? "");
  const words = h("span", {}, alt || "Picture", h("small", {}, ` · on ${host(address)}, not fetched`));
  return h(safe ? "a" : "span", { class: `picture-card ${kind}`, href: safe ? address : null, target: "_blank", rel: "noopener noreferrer" }, icon("image"), words);
}

const SIZES = ["bytes", "kB", "MB", "GB"];

function size(bytes) {
  const step = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step && bytes / 1000 ** step < 10 ? 1 : 0)} ${SIZES[step]}`;
}

export function fileNode(file, as) {
  const address = `/page/file/${encodeURIComponent(file.id)}?as=${encodeURIComponent(as)}`;
  const name = file.title || file.name || "File";
  if (file.mode === "tombstone") return h("p", { class: "file-card" }, "This file was deleted.");
  if (/^image\/(png|jpe?g|gif|webp)$/.test(file.mimetype ?? "")) {
    return h("a", { class: "photo", href: address, target: "_blank", rel: "noopener" },
      h("img", { src: address, alt: file.alt_txt || name, loading: "lazy" }));
  }
  return h("a", { class: "file-card", href: address, target: "_blank", rel: "noopener", download: name }, icon("file"),
    h("span", {}, name, h("small", {}, [file.pretty_type, file.size ? size(file.size) : null].filter(Boolean).map((each) => ` · ${each}`))));
}
