# Two commands do everything: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two at a time, each with one thread for linear algebra.
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses 2 --dist loadfile
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo check test test-slow test-all screenshots audit bench clean

demo: $(VENV)/base  ## the sample shop, three lists with reasons, then console, storefront and API (ONCE=1: stop after the lists)
	$(BIN)/zhiyin demo $(if $(ONCE),--once)

check: $(VENV)/dev  ## lint, types, house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/test_house.py

test: $(VENV)/dev  ## what runs in minutes, with no data or service beside the checkout
	$(PYTEST) -m "not slow"

test-slow: $(VENV)/dev  ## real data, servers, faults
	$(PYTEST) -m slow

test-all: test test-slow  ## everything

screenshots: $(VENV)/dev  ## every page at two widths in both languages, into docs/pictures and build/screenshots
	$(BIN)/python benchmarks/screenshots.py

audit: $(VENV)/dev  ## known weaknesses of what is installed; SKIPPED where no source can be asked
	@$(BIN)/python tests/dependency_audit.py

bench: $(VENV)/dev  ## the figures of benchmarks/README.md
	for file in hetrec_lastfm sample_shop controls likeness solve cold_items erasure federation ratings store engines large_store; do $(BIN)/python benchmarks/$$file.py; done
	$(BIN)/python benchmarks/store.py --postgres

clean:  ## what make made
	rm -rf $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/base: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[web]'
	touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) --editable '.[dev]'
	touch $@
