# Needs Python 3.11 or newer with venv, make, and a package index; nothing has to be activated.
# `.venv` is filled from locks/, by plain pip, with hashes. A second run starts at once:
# the stamps in .venv are older than the locks and pyproject.toml only when those have changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

UV_VERSION := 0.13.8
UV_VENV := .uv
# Names, versions and hashes only: no index and no path of a machine may stand in a lock.
# One version of each package for all Pythons (fewest), so that all run the same code.
COMPILE := $(UV_VENV)/bin/uv pip compile --no-config --quiet --no-python-downloads \
	--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make locks' \
	$(if $(UPGRADE),--upgrade) pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check gate bench web-test fault locks clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/run.stamp ## install Retold into .venv (another Python: make setup PYTHON=python3.13)

demo: setup ## tell the story of examples/harbour, and write story.html
	$(BIN)/retold examples/harbour
	@echo
	@$(BIN)/retold report examples/harbour -o story.html
	@echo 'Open story.html in a browser: the same story, every statement linked to its sentence.'

test: $(VENV)/dev.stamp ## run every test but the slow ones, and the examples in the docstrings
	$(BIN)/python -m pytest -m 'not slow' --doctest-modules src tests

check: $(VENV)/dev.stamp ## lint, format, types, import rules, unit and property tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -m 'not slow' tests/unit tests/property

gate: $(VENV)/dev.stamp ## score the gold data in full against the pinned floors
	@test -d "$${RETOLD_SHARED:-../shared}/data" || { echo 'gate needs the measuring data: put it at ../shared or name its folder in RETOLD_SHARED'; exit 1; }
	$(BIN)/python -m pytest tests/gate

bench: $(VENV)/bench.stamp ## measure speed and memory, beside peers
	$(BIN)/python -m bench
	$(BIN)/python -m bench.archive --pages 1000
	$(BIN)/python -m bench.degenerate

web-test: setup ## look at the example's report in a headless browser (needs Debian's chromium and npm)
	@command -v chromium >/dev/null || { echo 'web-test needs the program chromium: apt install chromium'; exit 1; }
	mkdir -p build && cd tests/web && npm ci --ignore-scripts --silent
	$(BIN)/retold report examples/harbour -o build/harbour.html
	node tests/web/check.mjs build/harbour.html

fault: $(VENV)/dev.stamp ## torn files, killed runs, full disks
	$(BIN)/python -m pytest tests/fault

locks: $(UV_VENV)/$(UV_VERSION).stamp ## write locks/ anew from pyproject.toml (newer versions: make locks UPGRADE=1)
	$(COMPILE) --group build --output-file locks/run.lock
	$(COMPILE) --group dev --constraint locks/run.lock --output-file locks/dev.lock
	$(COMPILE) --group bench --constraint locks/dev.lock --output-file locks/bench.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) $(UV_VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -depth -name __pycache__ -exec rm -rf {} + 2>/dev/null || true

# Plain pip cannot take a local project together with --require-hashes: the lock goes first.
$(VENV)/run.stamp: locks/run.lock pyproject.toml $(VENV)/made.stamp
	@echo 'Filling $(VENV) from locks/run.lock; the first time this takes a minute.'
	@$(PIP_INSTALL) --require-hashes -r locks/run.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: locks/dev.lock $(VENV)/run.stamp
	@echo 'Adding the tools for tests and checks from locks/dev.lock.'
	@$(PIP_INSTALL) --require-hashes -r locks/dev.lock
	@touch $@

$(VENV)/bench.stamp: locks/bench.lock $(VENV)/dev.stamp
	@echo 'Adding the peers to measure beside from locks/bench.lock.'
	@$(PIP_INSTALL) --require-hashes -r locks/bench.lock
	@touch $@

$(VENV)/made.stamp:
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no '$(PYTHON)' here. Retold needs Python 3.11 or newer; name one: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Retold needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name a newer one: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' comes without venv. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(UV_VENV)/$(UV_VERSION).stamp: | $(VENV)/made.stamp
	@$(BIN)/python -m venv --clear $(UV_VENV)
	@$(UV_VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
