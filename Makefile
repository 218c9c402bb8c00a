# Every target does its own set-up first; `make setup` alone starts nothing.
PYTHON ?= $(shell for p in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help up test setup lint check fix lock demo-reset bench chaos words shots look

help:   ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

setup:  ## the environment in .venv, nothing started
	@test -n "$(PYTHON)" || { echo "Redress needs Python 3.11 or newer: install it, or say make PYTHON=/its/path"; exit 1; }
	@$(PYTHON) infra/environment.py

lock:   ## newest versions that pyproject.toml allows, with hashes: make lock ARGS=--upgrade
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory setup
	@$(UV_COMPILE) $(ARGS) pyproject.toml -o requirements/runtime.txt
	@$(UV_COMPILE) $(ARGS) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@$(UV_COMPILE) $(ARGS) --group node -o requirements/node.txt
	@echo uv | $(UV_COMPILE) -c requirements/dev.txt - -o requirements/uv.txt
	@npm install --package-lock-only --silent

up: setup   ## the whole product in front; Ctrl-C stops it
	@$(BIN)/redress up

test: setup ## every test
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest $(ARGS)

lint: setup ## format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint ## the same and the fast tests
	@$(BIN)/python -m pytest -q tests/architecture tests/lifecycle tests/calendars tests/playbooks tests/wording

bench: setup ## how fast we are beside the bare limit: make bench ARGS="pages bells"
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: setup ## kill parts while people work, and check the ledger from outside
	@$(BIN)/python -m pytest -s tests/chaos

words: setup ## keep the catalogues in step with the sources, and name what is untranslated
	@$(BIN)/python -m services.wording.words

shots: setup ## a picture of every page and state in build/shots: make shots ARGS="queue case-offer"
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.shots.camera $(ARGS)

look: setup ## what the checks find on every page and state: make look ARGS="queue case-offer"
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.shots.inspection $(ARGS)

fix: setup  ## what the formatter and the linter can repair
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

demo-reset: setup ## forget this home's cases; the next start makes the demo anew
	@$(BIN)/python -m infra.demo_reset

histories: setup ## record the histories that every later version of the workflows must replay
	@RECORD_HISTORIES=1 $(BIN)/python -m pytest -q tests/workflows $(ARGS)
