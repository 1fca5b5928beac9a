# `make run` and `make test` do all the set-up themselves; they need Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only what was tested is installed: versions and hashes stand in the locks, which `make lock` writes.
INSTALL := $(BIN)/python -m pip install --quiet --require-hashes

UV := 0.13.9
LOCK_VENV := .venv-lock
# No settings of one machine, no other Python and no build script may have a say in a lock.
COMPILE := $(LOCK_VENV)/bin/uv --no-config --no-python-downloads pip compile --quiet --only-binary :all:
LOCK := $(COMPILE) --universal --python-version 3.11 --generate-hashes --annotation-style line --custom-compile-command "make lock"
LOCKED_PYTHONS := 3.11 3.12 3.13
LOCKED_PLATFORMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 aarch64-apple-darwin x86_64-apple-darwin windows

.PHONY: run test test-python test-js check check-python check-js lock upgrade bench screenshots clean

run: $(VENV)/.runs
	$(BIN)/streamlit run app.py

test: check test-python test-js

WORKERS ?= auto

# Files in their order, the browser's first: the other way, files of few but long tests come last, to one worker alone.
test-python: $(VENV)/.tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: check-python check-js

check-python: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# Tools of Node check the scripts that browsers run; nothing else needs it. Who has none checks the rest: CI has it.
NODE_RUNS := $(shell node -e 'const [major, minor] = process.versions.node.split("."); console.log(major > 20 || (major == 20 && minor >= 19) ? "yes" : "")' 2>/dev/null)
ifeq ($(NODE_RUNS),yes)
check-js: node_modules/.package-lock.json
	npx --no-install eslint --max-warnings 0 .
	npx --no-install tsc

test-js:
	node --test tests/js/*.test.js
else
check-js test-js:
	@echo "The scripts of the components are not checked: that needs Node 20.19 or newer."; test -z "$$CI"
endif

# Versions that are locked already stay while the ranges allow them. What the app runs on is taken from what its tests
# run on, so that the two agree. At the end: is there a wheel of everything for every Python on every platform?
lock: $(LOCK_VENV)/.uv-$(UV)
	$(LOCK) $(LOCK_OPTIONS) --output-file requirements-dev.lock requirements-dev.txt
	$(LOCK) --constraint requirements-dev.lock --output-file requirements.lock requirements.txt
	for python in $(LOCKED_PYTHONS); do for platform in $(LOCKED_PLATFORMS); do \
	  $(COMPILE) --no-deps --python-version $$python --python-platform $$platform requirements-dev.lock >/dev/null || exit 1; \
	done; done

upgrade:
	$(MAKE) lock LOCK_OPTIONS=--upgrade
	$(MAKE) test

bench: $(VENV)/.tests
	$(BIN)/python -m benchmarks.data
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.sweep
	$(BIN)/python -m benchmarks.recommendation

screenshots: $(VENV)/.tests
	$(BIN)/python -m tests.browser.screenshots

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Sagram needs Python 3.11 or newer; try: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: requirements.lock | $(VENV)/bin/python
	$(INSTALL) -r $<
	touch $@

$(VENV)/.tests: requirements-dev.lock | $(VENV)/bin/python
	$(INSTALL) -r $<
	touch $@

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --silent --no-audit --no-fund
	touch $@

$(LOCK_VENV)/.uv-$(UV):
	$(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install --quiet uv==$(UV)
	touch $@

clean:
	rm -rf $(VENV) $(LOCK_VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
