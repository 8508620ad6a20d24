#!/bin/sh
# See that the machine has what the browser tests and the screenshots need: Chromium, emoji, and a font for text.
# Where Debian's packages may be installed without asking, install what is missing; otherwise say what to type.
set -eu

packages=""
need() { packages="$packages $1"; }
has_font() { command -v fc-list >/dev/null && fc-list : family | grep -Eiq "$1"; }

command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    need chromium
command -v fc-list >/dev/null || need fontconfig
has_font 'emoji' || need fonts-noto-color-emoji
has_font 'Lato|Inter|Noto Sans|DejaVu Sans|Liberation Sans|Helvetica|Arial' || need fonts-lato
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "The browser tests need these on this machine (by the names Debian has for them):$packages" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then sudo=""
elif sudo -n true 2>/dev/null; then sudo="sudo -n"
else
    echo "The browser tests need something that this machine lacks. Type this, then try again:" >&2
    echo "  sudo apt-get install --no-install-recommends$packages" >&2
    exit 1
fi

echo "Installing$packages"
# shellcheck disable=SC2086 - a list of words, on purpose
install() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $sudo apt-get update -qq && install; } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "That could not be installed. When the machine can reach Debian's packages again, type:" >&2
    echo "  ${sudo:+sudo }apt-get install --no-install-recommends$packages" >&2
    exit 1
fi
