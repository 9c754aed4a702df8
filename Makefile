# Everything a developer or CI runs. `make demo` and `make test` need Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check lint types bench format catalogs schema clean

demo: $(STAMP)  ## the whole main job, offline, on a bundled sample newsroom
	$(BIN)/feedsvc demo

test: check  ## what CI runs: checks, then every test
	$(BIN)/pytest --cov --cov-report=term

check: lint types

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)  ## measured by hand; prints ratios
	$(BIN)/python tests/bench/collect.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage

# pip learned dependency groups in 25.1
$(STAMP): pyproject.toml locales/build.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
