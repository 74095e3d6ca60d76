# `make` alone lists the targets. Needed beforehand: Python 3.11 with venv, node with npm, git.

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint bench lock messages chromium clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# A command with PostgreSQL and Redis of its own, which disappear afterwards.
SERVED := $(BIN)/python -m marketplace.local_servers run --throwaway --
APPS := marketplace borrowers investors listings loans escrow risk_reserve
CATALOGUES := $(wildcard marketplace/locale/*/LC_MESSAGES/*.po)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.installed node_modules/.installed .venv/.translated ## install everything into .venv and node_modules

demo: setup ## run the marketplace with its demo scenario until Ctrl-C (PORT=8000; ONCE=1 ends after the scenario)
	@exec $(BIN)/python -m marketplace.demo $(if $(PORT),--port $(PORT)) $(if $(filter-out 0,$(ONCE)),--once)

test: setup chromium check ## all checks, then all tests (ARGS="-k wallet")
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: setup lint ## style, types, import contracts, templates, migrations, translations
	$(BIN)/lint-imports
	$(SERVED) $(BIN)/mypy .
	$(SERVED) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m marketplace.lib.translations check

lint: setup ## style of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet $(APPS)

bench: setup ## measure and write bench/results/latest.json
	@exec $(BIN)/python -m bench $(ARGS)

lock: ## write the lock files anew from requirements*.in and package.json (needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	for name in requirements requirements-dev; do uv pip compile --quiet --upgrade --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header $$name.in -o $$name.txt || exit 1; done
	npm update --package-lock-only

messages: setup ## collect the strings to translate into the catalogue
	$(BIN)/python -m marketplace.lib.translations extract

clean: ## remove what make made, demo data included
	rm -rf .venv node_modules .local

# --- what the targets above are made of ---------------------------------------------------------------------------

.venv/.installed: requirements-dev.txt
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Python 3.11 is needed; name it with make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "Python lacks venv; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package-lock.json package.json .npmrc
	@command -v npm > /dev/null || { echo "npm is needed; on Debian: apt-get install npm"; exit 1; }
	npm ci --ignore-scripts --silent
	@touch $@

.venv/.translated: .venv/.installed $(CATALOGUES)
	$(BIN)/python -m marketplace.lib.translations compile
	@touch $@

chromium:
	@if command -v chromium > /dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends chromium fonts-wqy-microhei > /dev/null; then :; \
	else echo "No Chromium here and no right to install it: the browser tests are skipped."; fi
