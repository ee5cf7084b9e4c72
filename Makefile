# Everything is reached from here; `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.installed
TOOLS := $(VENV)/.tools

SAMPLES := corpus/samples/reports
REPORTS ?= $(SAMPLES)
QUESTIONS ?= corpus/samples/questions.$(if $(filter $(SAMPLES),$(REPORTS)),jsonl,txt)
INDEX ?= .wenbao/$(notdir $(abspath $(REPORTS)))
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test check format clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	    { echo "wenbao needs Python 3.11, 3.12 or 3.13: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# torch goes first: asked for alone and by version, pip takes a CPU build where the machine has one
$(SETUP): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check $$(grep '^torch==' constraints.txt)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(TOOLS): $(SETUP)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,mcp,ocr]'
	@touch $@

setup: $(SETUP) ## create .venv and install wenbao into it

run: $(SETUP) ## index REPORTS (the samples by default), answer QUESTIONS, serve page and API until Ctrl-C
	@$(BIN)/wenbao build $(REPORTS) --index $(INDEX) || [ $$? -eq 4 ]
	@$(BIN)/wenbao batch $(QUESTIONS) --index $(INDEX) || [ $$? -eq 4 ]
	@exec $(BIN)/wenbao serve --index $(INDEX) --host $(HOST) --port $(PORT)

test: $(TOOLS) ## install and run all the tests
	$(BIN)/pytest

check: $(TOOLS) ## ruff, mypy --strict and the import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_layers.py

format: $(TOOLS) ## put the code into the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what the commands here made
	rm -rf $(VENV) .wenbao build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
