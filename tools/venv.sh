#!/bin/sh
# Make .venv, or bring it up to date, with exactly the versions of requirements-dev.lock, and put the project itself in it.
set -eu
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "$*" >&2; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then echo "$candidate"; return; fi
    done
    fail "Weeknotes needs Python 3.11 or newer, and found $(python3 --version 2>/dev/null || echo none)." \
         "Install one, or say where it is: make PYTHON=/path/to/python3.11"
}

if ! { [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; }; then
    python=$(find_python)
    echo "Making .venv with $("$python" --version)"
    if ! problem=$("$python" -m venv --clear .venv 2>&1); then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "$problem" >&2
        fail "Python's venv does not work here. On Debian or Ubuntu, type: sudo apt-get install python$version-venv"
    fi
fi

rm -f .venv/ready
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
echo "Installing the packages of requirements-dev.lock into .venv (a minute or two, the first time)"
# The index is the machine's own business: what comes is checked against the hashes of the locks.
# The pip that a Python brings may be years old: before 23.3 it overlooks a pin when a package asks for it with an extra.
pip install --quiet --quiet --require-hashes --requirement tools/pip.lock
pip install --quiet --quiet --require-hashes --requirement requirements-dev.lock
pip install --quiet --quiet --no-deps --no-build-isolation --no-index --editable .
touch .venv/ready
