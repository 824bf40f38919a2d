# Everything this project can do, as one word. Needs Python 3.11 or later and make.
#
#   make run    opens the dashboard in the browser and says its address
#   make test   checks the code and runs all tests, browser journeys included
#   make demo   opens the dashboard on invented teams, in a database of its own
#   make bench  compares a click and a save here with the same on bare libraries
#
# Without make, the first is
#
#   python3 -m venv .venv
#   .venv/bin/pip install --require-hashes -r requirements.lock
#   .venv/bin/pip install --no-deps -e .
#   .venv/bin/mlops-maturity
#
# and the second, with requirements-dev.lock in place of requirements.lock,
#
#   .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
#   .venv/bin/python -m tests.browser.chromium
#   .venv/bin/pytest -n 2
#
# PYTHON is the interpreter to make the environment with, ARGS goes to the command:
# make run ARGS="--server.port 8600", make fast ARGS="-k quarter".

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test fast pages browser check format bench lock reference \
	chromium clean

help:
	@sed -n '3,6s/^# \{0,1\}//p' Makefile

run: .venv/installed
	@$(BIN)/mlops-maturity $(ARGS)

demo: .venv/installed
	@$(BIN)/mlops-maturity demo $(ARGS)

# One run of pytest, so that its last line counts every test. The fast ones come first.
test: check chromium
	@$(BIN)/python -m pytest -n 2 $(ARGS)

fast: .venv/installed-dev
	@$(BIN)/python -m pytest -m "not page and not browser and not slow" $(ARGS)

pages: .venv/installed-dev
	@$(BIN)/python -m pytest -m page $(ARGS)

browser: chromium
	@$(BIN)/python -m pytest -m browser $(ARGS)

check: .venv/installed-dev
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy

format: .venv/installed-dev
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

bench: .venv/installed-dev
	@$(BIN)/python -m bench.click $(ARGS)
	@$(BIN)/python -m bench.save
	@$(BIN)/python -m bench.portfolio

# Writes the JSON schemas and the reference of models anew.
reference: .venv/installed-dev
	@$(BIN)/python -m maturity.reference

# Brings the locks up to date with pyproject.toml; needs uv. Give ARGS=--upgrade for
# newer versions. The runtime's versions are those that the tests ran with.
LOCK := uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header $(ARGS) pyproject.toml
lock:
	$(LOCK) --extra dev --output-file requirements-dev.lock
	$(LOCK) --constraint requirements-dev.lock --no-annotate \
	  --output-file requirements.lock

# An installed Chromium is used; only where there is none is one downloaded.
chromium: .venv/installed-dev
	@$(BIN)/python -m tests.browser.chromium

clean:
	rm -rf .venv dist test-artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps say that the environment holds what the lock and pyproject.toml ask for.
.venv/installed: requirements.lock pyproject.toml
.venv/installed-dev: requirements-dev.lock pyproject.toml

.venv/installed .venv/installed-dev:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, and this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	@echo "Installing into .venv; the first time takes about a minute."
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r $<
	@$(PIP) --no-deps -e .
	@touch $@
