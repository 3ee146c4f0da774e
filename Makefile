# What one does with a checkout. Everything is set up on the way: see `make help`.

SHELL := /bin/sh
.DEFAULT_GOAL := help
FIND_PYTHON := tools/setup/find-python $(PYTHON)
VENV := .venv/bin
SETUP = python=$$($(FIND_PYTHON)) && "$$python" -m tools.setup
WORKERS ?= 2
FACTOR ?= 1
# What is compiled once stays compiled: the second start is quicker by a second.
export PYTHONDONTWRITEBYTECODE =
UV ?= uv
LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet

.PHONY: help setup run test accessibility check bench faults lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Set up this machine, and start nothing
	@$(SETUP) run

run: ## Set up this machine and start a demo (http://127.0.0.1:8000; FORMS_PORT chooses another port)
	@$(SETUP) run
	@exec $(VENV)/python -m forms_service up --demo

test: ## Run all tests, in chosen folders with: make test ARGS="tests/unit -k settings"
	@$(SETUP) test
	@$(VENV)/python -m pytest -n $(WORKERS) $(ARGS)

accessibility: ## Look at every page with axe, and write docs/accessibility.md
	@$(SETUP) test
	@rm -rf .cache/accessibility
	@$(VENV)/python -m pytest -n $(WORKERS) tests/journeys
	@$(VENV)/python -m tools.accessibility

check: ## Style, types, layers, the shipped YAML and templates, and known vulnerabilities of what is locked
	@$(SETUP) test
	$(VENV)/python -m ruff check .
	$(VENV)/python -m ruff format --check .
	$(VENV)/python -m mypy
	$(VENV)/python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(VENV)/python -m forms_service check
	$(VENV)/python -m tools.audit

bench: ## How fast it is, beside its bare parts and DBOS; only some of it with: make bench ARGS="steps poller"
	@$(SETUP) bench
	@$(VENV)/python -m tests.bench $(ARGS)

faults: ## Kill, cut and fill everything, for hours (FACTOR=0.1: a tenth; ARGS="-k f09": one of them)
	@$(SETUP) test
	@FAULTS=$(FACTOR) $(VENV)/python -m pytest tests/faults -n $(WORKERS) $(ARGS)

lock: ## Resolve the dependencies again: needs uv and npm (UPGRADE=1 takes newer versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --extra dev -o requirements-dev.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group pyproject.toml:npm -o requirements-npm.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group pyproject.toml:bench -c requirements-dev.lock -o requirements-bench.lock
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## Remove what can be made again (never instance/)
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist node_modules
	rm -rf forms_service/web/static/vendor pdf_templates/_shared/fonts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
