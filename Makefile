# Every target makes or refreshes .venv by itself. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help sandbox test bench check format lock clean
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z.]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.venv: .venv/installed ## Make the virtual environment alone

.venv/installed: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked packages into .venv …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

sandbox: .venv/installed ## Show the main job on the sample programme, on a Discord of its own
	@$(BIN)/programmabrug sandbox $(ARGS)

test: .venv/installed ## Run the test suite
	@$(BIN)/python -m pytest $(ARGS)

bench: .venv/installed ## Measure what was promised, and fail where a promise is not kept
	@$(BIN)/python -m tests.bench

check: .venv/installed ## Lint, format, types, layers, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/installed ## Mend what the linter can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/installed ## Write both lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --universal --python-version 3.11 pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --universal --python-version 3.11 pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## Remove what the other targets made
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
