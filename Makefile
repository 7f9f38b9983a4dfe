# Every target works as the first command on a machine with Python 3.11+ and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BUILD := build

# Distributions of their own, installed beside the project as a stranger's would be.
PLUGINS := $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
INSTALLED := $(VENV)/.installed

# ARGS= is passed on to pytest.
ARGS ?=
BASE ?= HEAD

# For `make fuzz`: seconds for each target, or with RUNS= as many inputs, always the same; TARGETS= names some.
SECONDS ?= 60
RUNS ?=
TARGETS ?=

# The tests start a few hundred interpreters; without byte code each would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

ENGINES ?= spark ray dask daft

.DEFAULT_GOAL := help

.PHONY: help install tables demo test coverage fuzz test-plugins test-wheel test-engines test-interchange test-all lint format types docs gold-diff bench clean

help: ## say what the targets do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

install: $(INSTALLED) ## make .venv with the project and its pinned dependencies

tables: $(INSTALLED) ## make the tables of the rules anew, after a change of rules, words or lexicons
	@$(BIN)/python tools/compile_rules.py

# What is shown is what comes without plugins.
demo: export CQCPARSE_PLUGINS :=
demo: $(INSTALLED) ## read seeds/, print what is in them, write tables and a page to build/demo
	@$(BIN)/python tools/demo.py seeds
	@mkdir -p $(BUILD)/demo
	$(BIN)/cqcparse extract seeds -o $(BUILD)/demo/mentions.csv
	$(BIN)/cqcparse extract seeds -o $(BUILD)/demo/mentions.jsonl
	$(BIN)/cqcparse view seeds/harrow.txt -o $(BUILD)/demo/harrow.html
	@echo
	@echo "Open next:"
	@echo "  $(BUILD)/demo/harrow.html         in a browser: a report with its mentions marked"
	@echo "  $(BUILD)/demo/mentions.csv        in a spreadsheet: a row for each mention"
	@echo "  docs/tutorial/first-table.md   how to do the same by hand, in five minutes"

test: $(INSTALLED) ## run the tests, but for those that .ci/run leaves to itself
	$(BIN)/python -m pytest $(ARGS)

# Apart from `make test`, since noting each line takes as long again as the tests.
coverage: $(INSTALLED) ## run all tests and measure their branch coverage, which has a floor
	@mkdir -p $(BUILD)/coverage
	$(BIN)/python -m pytest -m "" --cov --cov-report=term $(ARGS)

fuzz: $(INSTALLED) ## look for inputs that break a promise; SECONDS= or RUNS= each, TARGETS= names some
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt 'atheris>=3' 2>/dev/null || true
	@$(BIN)/python -m tests.fuzz.run $(if $(RUNS),--runs $(RUNS),--seconds $(SECONDS)) $(TARGETS)

test-plugins: $(INSTALLED) ## run the tests of each plugin, as a stranger would in its folder
	@for plugin in $(PLUGINS); do \
	  echo "$$plugin" && (cd $$plugin && $(abspath $(BIN))/python -m pytest -q) || exit 1; \
	done

test-wheel: $(INSTALLED) ## build the wheel, compare it with src/, and test what depends on the packaging
	@tools/test-wheel $(BIN)/python

test-engines: ## run the pages on Spark, Ray, Dask and Daft, each in an environment of its own; ENGINES= names some
	@for engine in $(ENGINES); do tools/test-engine $$engine $(PYTHON) || exit 1; done

test-interchange: ## open what is written for spaCy, Label Studio, brat and JSON-LD with such programs, in an environment of their own
	@tools/test-interchange $(PYTHON)

test-all: ## run the tests on each Python >= 3.11 of this machine
	tools/test-all

lint: $(INSTALLED) ## check style, format and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell

format: $(INSTALLED) ## mend style and format where a machine can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(INSTALLED) ## check types, strictly
	$(BIN)/mypy
	@for plugin in $(PLUGINS); do \
	  echo "$$plugin" && (cd $$plugin && $(abspath $(BIN))/mypy) || exit 1; \
	done

# The pages show what comes without plugins.
docs: export CQCPARSE_PLUGINS :=
docs: $(INSTALLED) ## build the documentation into build/docs and run its examples
	$(BIN)/sphinx-build -q -n -T -W --keep-going -E -a -d $(BUILD)/docs/trees -b html docs $(BUILD)/docs/html
	$(BIN)/sphinx-build -q -n -T -W --keep-going -d $(BUILD)/docs/trees -b doctest docs $(BUILD)/docs/doctest

gold-diff: $(INSTALLED) ## say what your changes do to the gold pages; BASE= is what to compare with
	@$(BIN)/python tools/gold_diff.py $(BASE)

bench: $(INSTALLED) ## print the speed beside what a user would pick instead
	$(BIN)/python benchmarks/run.py $(ARGS)

clean: ## remove everything make made
	rm -rf $(BUILD) dist .venv .venv-* .hypothesis .pytest_cache
	find src tests tools benchmarks docs plugins \( -name __pycache__ -o -name .mypy_cache \
	  -o -name .pytest_cache -o -name .hypothesis \) -prune -exec rm -rf {} + 2>/dev/null || true

$(INSTALLED): pyproject.toml constraints.txt $(PLUGINS:=/pyproject.toml)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "make: '$(PYTHON)' is not Python 3.11 or later, which cqcparse needs;" \
	    "name one with 'make PYTHON=python3.12'" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV)" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt hatchling editables
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt \
	  --no-build-isolation -e '.[all,dev]' $(PLUGINS:%=-e ./%)
	@touch $@
