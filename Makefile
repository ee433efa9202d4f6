# Two commands do all the set-up: `make chat` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: chat test test-llm test-ollama check lint types imports format install install-dev requirements clean help

help:            ## this list
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

chat: install    ## talk; the first start trains the router (about a minute)
	@$(BIN)/funcgemma chat

test: install-dev ## everything that needs no torch
	@$(BIN)/python -m pytest -m "not llm and not ollama"

test-llm: $(VENV)/.stamp-llm ## what needs torch
	@$(BIN)/python -m pytest -m llm

test-ollama: install-dev ## against a running Ollama (FUNCGEMMA_OLLAMA_URL)
	@$(BIN)/python -m pytest -m ollama

check: lint types imports ## lint, types and import contracts

lint: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/shellcheck setup.sh

types: install-dev
	@$(BIN)/mypy

imports: install-dev
	@$(BIN)/lint-imports

format: install-dev ## rewrite the code in the project's style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

install: $(VENV)/.stamp ## .venv with the package in place
install-dev: $(VENV)/.stamp-dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("FuncGemma needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 chat") if sys.version_info < (3, 11) else None'
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --upgrade pip --quiet

$(VENV)/.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing FuncGemma and what it needs (once) ..."
	@$(BIN)/python -m pip install --progress-bar on -e .
	@touch $@

$(VENV)/.stamp-dev: pyproject.toml | $(VENV)/.stamp
	@echo "Installing the developer tools (once) ..."
	@$(BIN)/python -m pip install --progress-bar on -e ".[dev]"
	@touch $@

$(VENV)/.stamp-llm: $(VENV)/.stamp-dev
	@echo "Installing torch and what fine-tuning needs (once) ..."
	@$(BIN)/python -m pip install torch==2.13.0
	@$(BIN)/python -m pip install --progress-bar on -e ".[finetune]"
	@touch $@

requirements: install ## requirements.txt from what pyproject.toml asks for
	@$(BIN)/python tools/write_requirements.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
