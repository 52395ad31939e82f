# Every target says what it does: `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8000
WORKERS ?= 2

# The interpreter of a bare Debian 12 does; never one that is downloaded.
PYTHON ?= $(shell for p in /usr/bin/python3.11 python3 python3.11 python3.12 python3.13; do \
	"$$p" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& { command -v "$$p"; break; }; done)
UV_VERSION := 0.13.9
# uv trusts what the system trusts, as pip and apt do: a house with its own certificates needs no extra step.
UV := UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=true VIRTUAL_ENV=$(CURDIR)/.venv .boot/bin/uv
BIN := .venv/bin
QUICK := not browser and not slow and not postgres

.PHONY: help install run test test-quick test-sqlite test-postgres check bench bench-registration bench-way torture screenshots docs \
	messages migrations locks land-check

help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

.boot/bin/uv:
	@[ -n "$(PYTHON)" ] || { echo "moussem needs Python 3.11, 3.12 or 3.13: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is missing: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .boot
	.boot/bin/pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'

.venv/bin/python: | .boot/bin/uv
	$(UV) venv --quiet --python $(PYTHON) .venv

# A stamp holds the lock it was installed from: an unchanged lock costs nothing, nothing is ever removed.
.venv/runtime.stamp: requirements.txt pyproject.toml | .venv/bin/python
	$(UV) pip install --quiet --require-hashes -r requirements.txt
	$(UV) pip install --quiet --no-deps -e .
	@touch $@

.venv/development.stamp: requirements-dev.txt requirements.txt pyproject.toml | .venv/bin/python
	$(UV) pip install --quiet --require-hashes -r requirements-dev.txt
	$(UV) pip install --quiet --no-deps -e .
	@touch .venv/runtime.stamp $@

install: .venv/development.stamp ## Install what development needs into .venv (adds, never removes)

run: .venv/runtime.stamp ## Start the demonstration: web server and worker, PORT=8000; Ctrl-C stops all
	@MOUSSEM_DEMONSTRATION=yes MOUSSEM_SITE_URL=http://127.0.0.1:$(PORT) MOUSSEM_HOSTS=localhost \
		$(BIN)/moussem serve --prepare --port $(PORT)

test: check ## All tests, the long ones included: on SQLite with Chromium, then on PostgreSQL
	@tools/test-all

test-quick: install ## The fast tests on SQLite, without a browser, in less than 90 s
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "$(QUICK)"

test-sqlite: install ## All tests on SQLite
	@$(BIN)/python -m pytest -q -n $(WORKERS)

test-postgres: install ## All tests that ask the database, on a private PostgreSQL
	@tools/with-postgres $(BIN)/python -m pytest -q -n $(WORKERS) -m "not browser and not once"

check: install ## Style, types, order of imports, migrations, messages, locks
	@tools/check

land-check: install ## What must hold before each landing: style, order, migrations, fast tests
	@tools/check --quick
	@$(BIN)/python -m pytest -q -x -n $(WORKERS) -m "$(QUICK)" tests

bench: install ## Measure the pages on both databases, each beside a bare view; KEEP=folder fills once
	@$(BIN)/python benchmarks/pages.py $(if $(KEEP),--keep $(KEEP))

bench-registration: install ## Measure registration, agenda, queue and answers: every figure with its limit and its ratio to a bare view
	@$(BIN)/python -m benchmarks.registration

bench-way: install ## Measure the pages of the way on the demonstration: 100 ms, 12 queries
	@$(BIN)/python -m benchmarks.the_way

torture: install ## Only the long tests: faults, kills and thousands of random cases
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m slow

screenshots: install ## Take the screenshots of the documentation in Chromium
	@$(BIN)/python tools/screenshots.py

docs: install ## Write the reference pages that are made from the code
	@$(BIN)/python tools/reference.py

messages: install ## Extract and compile the translations of every app
	@$(BIN)/python tools/messages.py

migrations: install ## Write each app's first migration anew (until the first release)
	@tools/migrations

locks: .boot/bin/uv ## Lock the dependencies again; UPGRADE=1 takes the newest
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 $(if $(UPGRADE),--upgrade) \
		pyproject.toml -o requirements.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 $(if $(UPGRADE),--upgrade) \
		--extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
