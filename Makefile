# Everything starts here. Needed: Python 3.11 or newer, make, and nothing else.
#
#   make run     installs what is needed and opens the dashboard
#   make demo    the same, on demo data in a file of its own
#   make test    installs what is needed, lints, checks types and runs every test
#   make bench   prints what an answer click costs, as a ratio to a bare page
#
# Without make, the first two lines of each:
#
#   python3 -m venv .venv
#   .venv/bin/pip install --require-hashes -r requirements.lock
#   .venv/bin/pip install --no-deps -e .
#   .venv/bin/mlops-maturity

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
WORKERS ?= 2

.PHONY: run demo test check format fast pages browser bench reference lock clean

run: .venv/installed
	$(BIN)/mlops-maturity

demo: .venv/installed
	$(BIN)/mlops-maturity demo

test: check fast pages browser

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fast: .venv/installed-dev
	$(BIN)/pytest -n $(WORKERS) -m "not page and not browser"

pages: .venv/installed-dev
	$(BIN)/pytest -n $(WORKERS) -m page

browser: .venv/installed-dev
	@$(BIN)/python -m tests.browser.chromium || $(BIN)/playwright install chromium
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m browser

bench: .venv/installed-dev
	$(BIN)/python -m bench.click

reference: .venv/installed-dev
	$(BIN)/python -m maturity.reference

# Hashed locks; `uv` is the one tool that is not installed by them.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

clean:
	rm -rf .venv dist test-artifacts

.venv/bin/pip:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and \
		'Python 3.11 or newer is needed; name one with make PYTHON=python3.12')"
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/pip
	@test -f .venv/installed-dev || $(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/pip
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps -e .
	@touch $@
