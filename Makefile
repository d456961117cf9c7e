PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= what did Brezhnev tell Kim Ch'ang Bong

.PHONY: ask test lint types tests figures report clean
export PIP_DISABLE_PIP_VERSION_CHECK := 1

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	touch $@

ask: $(VENV)/.installed
	@$(BIN)/qa index corpus --quiet
	@$(BIN)/qa ask "$(Q)" || test $$? -eq 3  # 3 is an answer too: the archive is silent

test: lint types tests figures

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

tests: $(VENV)/.installed-dev
	$(BIN)/pytest

figures: $(VENV)/.installed-dev
	@$(BIN)/qa index corpus --quiet
	$(BIN)/qa eval --check-gold
	$(BIN)/qa eval --split dev --against eval/report.json

report: $(VENV)/.installed-dev
	@$(BIN)/qa index corpus --quiet
	$(BIN)/qa eval --out eval

clean:
	rm -rf $(VENV) indexes/archive
