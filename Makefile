# Two commands need nothing but Python 3.11 and make: `make demo` and `make test`.
# Everything they make stays inside this folder: .venv, and the bot's memory and the demo company in .counterpoise.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export COUNTERPOISE_STATE_URL ?= sqlite:///.counterpoise/memory.sqlite3
# What was compiled is kept, also where the environment says otherwise: every worker and process would compile it again.
unexport PYTHONDONTWRITEBYTECODE
QUESTION := What are the top 15 metrics CROs should be tracking?

.PHONY: demo test core checks conformance bench eval models install clean

demo: .venv/ready
	@$(BIN)/counterpoise ask "$(QUESTION)"

test: .venv/dev checks
	$(BIN)/python -m pytest

# The tests without the slow ones: what to run while changing something.
core: .venv/dev
	$(BIN)/python -m pytest -m "not slow and not long"

checks: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every engine that is here or can be installed; SPARK_HOME says where Spark is, if it is.
conformance: .venv/warehouses
	$(BIN)/python -m pytest tests/conformance -n 0 -m ""

bench: .venv/ready
	$(BIN)/python -m tests.bench $(BENCH)

MODELS := .counterpoise/models
FETCH := ../shared/tools/fetch_model.py

eval: .venv/dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[eval]" || echo "xllamacpp cannot be installed here: its models are skipped"
	$(BIN)/python -m tests.evals $(EVAL)

models: .venv/ready
	@mkdir -p $(MODELS)
	$(BIN)/python $(FETCH) smollm2-135m $(MODELS)/smollm2-135m.gguf
	$(BIN)/python $(FETCH) qwen2.5-coder-1.5b $(MODELS)/qwen2.5-coder-1.5b.gguf

install: .venv/ready

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

.venv/warehouses: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[warehouses]"
	@touch $@

clean:
	rm -rf .venv .counterpoise .pytest_cache .mypy_cache .ruff_cache .hypothesis
