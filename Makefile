# Everything a fresh machine with Python 3.11 or newer needs: `make demo`, `make test`.
PYTHON ?= python3
VENV := .venv
# The web pages are tested on both lines of Datasette; the newest alpha has an environment of its own.
VENV_ALPHA := .venv-datasette1
PIP := -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint bench accuracy docs wheel clean

demo: $(VENV)/.demo
	rm -f corpus.db
	$(VENV)/bin/corpus-db import seeds/
	$(VENV)/bin/corpus-db search 'vaccine OR epidemic' --limit 3
	$(VENV)/bin/corpus-db people
	@echo
	@echo 'Next: $(VENV)/bin/corpus-db serve --open    (browse corpus.db)'

test: $(VENV)/.test $(VENV_ALPHA)/.test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	CORPUS_DB_ALPHA=$(VENV_ALPHA) $(VENV)/bin/pytest -n auto

lint: $(VENV)/.test
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/mypy

bench: $(VENV)/.test
	$(VENV)/bin/python -m benchmarks.speed

accuracy: $(VENV)/.test
	$(VENV)/bin/python -m benchmarks.accuracy --gate

wheel: $(VENV)/.test
	$(VENV)/bin/python -m build

clean:
	rm -rf $(VENV) $(VENV_ALPHA) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "corpus-db needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python $(PIP) install --editable .
	touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python $(PIP) install --editable '.[dev]' 'datasette<1'
	touch $@ $(VENV)/.demo

$(VENV_ALPHA)/.test: pyproject.toml
	$(PYTHON) -m venv $(VENV_ALPHA)
	$(VENV_ALPHA)/bin/python $(PIP) install --editable '.[test]' 'datasette>=1.0a0'
	touch $@
