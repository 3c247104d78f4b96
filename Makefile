# Every command of the project. `make` or `make help` lists them.
# Needs: make, and Python 3.11 or newer with venv. Everything else is installed into .venv beside this file.

HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
TORTURE := $(if $(SIZE),--size $(SIZE)) $(if $(WRITES),--writes $(WRITES)) $(if $(RATE),--rate $(RATE)) \
	$(if $(SEED),--seed $(SEED)) $(if $(KEEP),--keep $(KEEP))
FINDER := sh scripts/find-python.sh

.DEFAULT_GOAL := help
.PHONY: help demo run worker beat install install-dev install-bench migrate test torture check fuzz fix bench recompute

help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

# --- using it -------------------------------------------------------------------------------------------------

demo: export DEMO := 1
demo: export BASE_URL := http://localhost:$(PORT)
demo: migrate ## a running site with made-up people: make demo PORT=8000
	@$(MANAGE) load_demo
	@$(MANAGE) serve --port $(PORT)

run: migrate ## the site without the demo, on the database of DATABASE_URL
	@$(MANAGE) serve --host $(HOST) --port $(PORT)

worker: install ## a Celery worker (only with BROKER_URL; the embedded default needs none)
	@$(MANAGE) worker

beat: install ## the Celery clock (only with BROKER_URL; run exactly one)
	@$(MANAGE) beat

recompute: install ## compute every stored score again and compare it byte by byte
	@$(MANAGE) recompute --all --verify

migrate: install ## bring the database up to date
	@$(MANAGE) migrate --verbosity 0

install: $(VENV)/.installed ## install what running it needs into .venv
install-dev: $(VENV)/.installed-dev ## the same, and what tests and checks need
install-bench: $(VENV)/.installed-bench ## the same, and the libraries that the benchmark compares with

# --- changing it ----------------------------------------------------------------------------------------------

test: install-dev ## run the tests; uses PostgreSQL, Redis and Chromium where it finds them
	@$(BIN)/python tests/run.py

torture: install-dev ## kill everything under load and count afterwards: make torture WRITES=5000 RATE=20 SEED=1
	@$(BIN)/python -m tests.torture --setup servers $(TORTURE)
	@$(BIN)/python -m tests.torture --setup embedded $(TORTURE)

check: install-dev ## linters, types, import rules, templates, dependencies, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/djangofmt --check templates
	@$(BIN)/deptry .
	@$(MANAGE) makemigrations --check --dry-run

fuzz: install-dev ## 20,000 random requests to the API: make fuzz SEED=7
	@$(BIN)/python -W ignore -m tests.api.fuzz --count 20000 $(if $(SEED),--seed $(SEED))

fix: install-dev ## repair what linters and formatters can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djangofmt templates

bench: install-bench ## print the performance ratios; needs PostgreSQL and Redis
	@$(BIN)/python -m bench

# --- installing -----------------------------------------------------------------------------------------------

$(VENV)/.made:
	@python=$$($(FINDER)) && echo "Making .venv with $$python" && "$$python" -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing what the site needs (a few minutes the first time)"
	@$(PIP) --editable ".[prod]"
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	@echo "Installing the libraries to compare with"
	@$(PIP) --editable ".[bench]"
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/.made
	@echo "Installing what tests and checks need (a few minutes the first time)"
	@$(PIP) --editable ".[dev]"
	@touch $@ $(VENV)/.installed
