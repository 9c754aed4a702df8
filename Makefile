# Everything a developer or CI runs. `make demo` and `make test` need Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check lint types format catalogs schema bench tools clean

demo: $(STAMP)  ## the whole main job, offline, on a bundled sample newsroom
	$(BIN)/feedsvc demo

test: tools check  ## what CI runs: checks, then every test
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

catalogs: $(STAMP)  ## derive zh_Hant from zh
	$(BIN)/python locales/derive.py

schema: $(STAMP)  ## write config/schema/ from the models
	$(BIN)/python -m feedsvc.config.schema config/schema

bench: $(STAMP) tools  ## measured by hand; prints ratios (needs ../shared/bench)
	$(BIN)/python -m pip install --quiet --group bench
	for part in collect serve render accuracy; do $(BIN)/python -m tests.bench.$$part || exit 1; done

# What some tests need besides Python; without root or apt those tests skip and say so.
PROGRAMS := nginx caddy chromium newsboat sfeed npm
APT := nginx-light caddy chromium fonts-noto-cjk newsboat sfeed $(if $(shell command -v npm),,npm)
tools:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && ! (for each in $(PROGRAMS); do command -v $$each || exit 1; done && fc-list | grep -q CJK) >/dev/null 2>&1; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends $(APT) >/dev/null \
	        || echo "what apt brings could not be installed: its tests skip"; \
	fi

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage

# pip learned dependency groups in 25.1
$(STAMP): pyproject.toml locales/build.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@
