# `make demo` to see it, `make test` to check it. Everything else is in CONTRIBUTING.md.
# Needs Python 3.11 or newer and make; what else is needed goes into .venv by itself.

.DEFAULT_GOAL := help
.PHONY: help demo test lint unit machine fuzz docs bench chaos screenshots lock migration system clean

export PYTHONUTF8 = 1
BIN := .venv/bin
WORKERS ?= 3
ARGS ?=

help:  ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/ready  ## a whole week in your browser, with the real bot and a Slack of your own (ARGS="--play" for no browser)
	@$(BIN)/weeknotes demo $(ARGS)

test: lint unit  ## everything that must hold: lint, types, import rules and all tests (under ten minutes on two cores)

lint: .venv/ready  ## ruff, mypy, import rules, dependencies
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/python -m deptry .

unit: .venv/ready system  ## the tests alone (ARGS="tests/domain -x" for some of them)
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

machine: .venv/ready system  ## let a contributor do anything in any order, as often as you like (EXAMPLES=200 STEPS=40)
	MACHINE_EXAMPLES=$(or $(EXAMPLES),50) MACHINE_STEPS=$(or $(STEPS),30) $(BIN)/python -m pytest tests/machine $(ARGS)

fuzz: .venv/ready  ## throw at it what may come in, led by coverage, as long as you like (TARGET=richtext SECONDS=600)
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement tools/fuzz.lock
	$(BIN)/python -m tools.fuzz $(or $(SECONDS),60) $(TARGET)

docs: .venv/ready  ## write the settings and the commands into docs/ from the code
	$(BIN)/python -m tools.docs

bench: .venv/ready  ## measure what must be fast
	$(BIN)/python -m benchmarks $(ARGS)

chaos: .venv/ready system  ## try what must not go wrong: kills, zones, outages, load (KILLS=1000, ARGS="sqlite time" for some of it)
	$(BIN)/python -m chaos --kills $(or $(KILLS),1000) $(ARGS)

screenshots: .venv/ready system  ## take the README's pictures anew, in a real browser
	$(BIN)/python -m tools.screenshots $(ARGS)

migration: .venv/ready  ## write a migration: make migration MESSAGE="what changes"
	@$(BIN)/python -m tools.migration $(MESSAGE)
	@$(BIN)/python -m ruff format --quiet storage/migrations/versions/*.py

lock: .venv/ready  ## find the newest versions that fit, and pin them with their hashes
	@sh tools/lock.sh

clean:  ## remove what make and the tests made (the demo's data in .weeknotes too)
	rm -rf .venv .weeknotes build dist .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

system:
	@sh tools/system.sh

.venv/ready: pyproject.toml requirements-dev.lock tools/pip.lock tools/venv.sh
	@PYTHON="$(PYTHON)" sh tools/venv.sh
