# `make run` and `make test` do all the set-up themselves; they need Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench screenshots clean

run: $(VENV)/.runs
	$(BIN)/streamlit run app.py

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

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

$(VENV)/.runs: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/.tests: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
