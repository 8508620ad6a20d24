#!/bin/sh
# Pin every package with its hashes, for all platforms and Pythons we support. uv lives in a scratch environment.
set -eu
cd "$(dirname "$0")/.."

UV=0.13.9
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
.venv/bin/python -m venv "$scratch/uv"
"$scratch/uv/bin/python" -m pip --disable-pip-version-check install --quiet "uv==$UV"

compile() {
    output=$1
    shift
    "$scratch/uv/bin/uv" pip compile "$@" --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file "$output"
}
compile requirements.lock pyproject.toml
compile requirements-dev.lock pyproject.toml --group dev
compile tools/fuzz.lock --group pyproject.toml:fuzz
echo pip >"$scratch/pip.in"
compile tools/pip.lock "$scratch/pip.in"
