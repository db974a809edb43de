# Two commands on a fresh machine: `make demo` and `make test`. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?=
# processes that share the suite; the graph servers stay with one of them, and a browser mostly waits
WORKERS ?= 3

.PHONY: setup demo test check lock bench clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@printf '%s\n' 'make setup   environment in $(VENV), the canvas bundle' 'make demo    sample case, detections, workbench' \
	  'make test    everything the suite needs, then the suite' 'make check   ruff, mypy, import layers' \
	  'make lock    renew the lock files' 'make bench   long benchmarks'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Filature needs Python 3.11 or later: make PYTHON=python3.12")'
	@echo 'installing what Filature needs into $(VENV): once, a minute or two'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP)
	@command -v npm >/dev/null || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.lock
	@$(BIN)/python -m workbench.canvas.build

demo: setup
	@exec $(BIN)/filature demo $(if $(PORT),--port $(PORT))

$(VENV)/.installed-test: $(STAMP) requirements-test.lock
	@echo 'installing what the suite needs into $(VENV): once'
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	@touch $@

test: setup $(VENV)/.installed-test
	@tests/provide.sh
	@$(BIN)/python -m tests.engine_java
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(ARGS)

check: setup $(VENV)/.installed-test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup $(VENV)/.installed-test
	@tests/provide.sh
	@$(BIN)/python -m tests.benchmarks

# a grammar that only international addresses in STIX need; every server that draws a chart would build it for two seconds
UNUSED := --no-emit-package rfc3987-syntax --no-emit-package lark
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command 'make lock'
lock: $(STAMP)
	@$(BIN)/python -m pip install -q --disable-pip-version-check 'uv>=0.9'
	@$(COMPILE) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) pyproject.toml --extra test -c requirements.lock $(UNUSED) -o requirements-test.lock
	@$(COMPILE) --group node -o requirements-node.lock
	@$(COMPILE) --group data --no-deps -o requirements-data.lock

clean:
	@rm -rf $(VENV) .cache workbench/canvas/static workbench/canvas/frontend/node_modules
