# Two commands matter: `make run` and `make test`. Both begin from nothing but Python and make.

PYTHON ?=
MODELS ?=
TCK ?= ../shared/corpora/dmn-tck
FUZZ ?= 60
PAGES ?=
PORT ?= 8000
UPGRADE ?=

export PYTHON

BIN := .venv/bin
VENV := tools/venv.sh
LOCK := $(BIN)/uv pip compile --quiet $(if $(UPGRADE),--upgrade) \
	--universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard web/translations/*/LC_MESSAGES/*.po))

# The targets share one .venv, and `sure` means its order.
.NOTPARALLEL:
.DEFAULT_GOAL := help

help:  ## List the targets
	@echo "make TARGET [PORT=8000] [PYTHON=python3.13, asked when .venv is made]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

# ------------------------------------------------------------------------------ use

run: install assets  ## Serve Rutin with the demonstration municipality on PORT
	$(BIN)/rutin db upgrade
	$(BIN)/rutin demo load
	$(BIN)/rutin serve --host 127.0.0.1 --port $(PORT)

test: install-test assets  ## Run every test, on SQLite, PostgreSQL and in Chromium
	tools/chromium.sh
	tools/openid.sh
	$(BIN)/pytest -n auto --dist worksteal

assets: install-run  ## Build what the pages load and their help, where it changed
	tools/assets.sh
	tools/help.sh

# ------------------------------------------------------------------------------ work on it

sure: lint types layers packages test  ## What CI runs

fast: install-test assets  ## Run the tests that need neither PostgreSQL nor a browser
	$(BIN)/pytest -n auto --dist worksteal -m "not postgresql" --ignore=tests/journeys --ignore=tests/pages

lint: install-dev  ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: install-dev  ## Check types
	$(BIN)/mypy

layers: install-dev  ## Check who may import whom
	$(BIN)/lint-imports

packages: install-dev  ## Check that what is imported is declared, and the reverse
	$(BIN)/deptry .

format: install-dev  ## Repair style and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: install-test assets  ## Answer every question in bench/
	@set -e; for script in bench/*.py; do echo "$$script"; $(BIN)/python "$$script"; done

screenshots: install-test assets  ## Write a picture of every page to var/screenshots, or of those named in PAGES
	tools/chromium.sh
	$(BIN)/python -m tests.pages.screenshots $(PAGES)

guide-images: install-dev assets  ## Take the pictures of the guides anew, in docs/use/images
	tools/chromium.sh
	$(BIN)/python -m tests.pages.illustrations

conformance: install-test  ## Run every model below MODELS, or of our own and the corpora
	$(BIN)/python -m tests.conformance $(MODELS)

tck: install-test  ## Run the cases of the DMN TCK below TCK
	$(BIN)/python -m tests.conformance.tck $(TCK)

fuzz: install-dev  ## Look for FUZZ seconds for expressions that FEEL does not survive
	$(BIN)/python -m tests.fuzz $(FUZZ)

support: install-test  ## Write the tables of docs/reference/bpmn-support.md from what the scenarios do
	$(BIN)/python -m tests.conformance.support

# Each lock takes the versions of those above it, so that all of them fit into one .venv. The
# project itself is not installed: the lock may be what it waits for.
lock:  ## Rewrite requirements/*.txt (UPGRADE=1: newest versions)
	@$(VENV) dev
	$(LOCK) -o requirements/run.txt pyproject.toml
	$(LOCK) -o requirements/build.txt requirements/build.in
	$(LOCK) -o requirements/test.txt requirements/test.in
	$(LOCK) -o requirements/dev.txt requirements/dev.in
	$(LOCK) -o requirements/node.txt requirements/node.in

clean:  ## Remove what can be made again (never var/, where the data is)
	rm -rf .venv dist build web/help web/static/help web/static/dist web/frontend/node_modules tests/openid/node_modules .coverage .hypothesis .*_cache
	rm -f web/translations/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------ set-up

# Not files but questions, asked each time: tools/venv.sh answers in milliseconds when nothing
# changed.
install-run:
	@$(VENV) run

install: install-run $(CATALOGUES)

install-test: install
	@$(VENV) test

install-dev: install-run
	@$(VENV) test dev

%.mo: %.po | install-run
	$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

.PHONY: help run test assets sure fast lint types layers packages format bench screenshots guide-images conformance tck fuzz support \
	lock clean install-run install install-test install-dev
