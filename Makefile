# The commands of a developer; each prepares what it needs by itself.
# PYTHON=/path/to/python chooses the interpreter of a new environment.

MAKEFLAGS += --no-print-directory
# Without its bytecode every process compiles the Dropbox SDK anew: two seconds.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test unit integration e2e browser screenshots simulate bench soak bench-read fit mutations check validate lock openapi element dropbox-recordings build deploy restore smoke clean dev aws sam checkov policies javascript ocr web react chromium

PYTEST := .venv/bin/python -m pytest
SAM := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-west-1 .venv-sam/bin/sam

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: dev aws ## start the whole system on this machine; ARGS="--once", ARGS="--once --documents DIR"
	@sh tools/environment ocr optional
	@.venv/bin/python -m local.run $(ARGS)

test: dev aws javascript web react chromium ocr ## every test; ARGS="-k name" chooses, ARGS=--cov says what they cover
	@$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

unit: dev ## the tests without input or output, but the exhaustive ones
	@$(PYTEST) tests/unit -m "not exhaustive" $(ARGS)

integration: dev javascript ocr ## the tests against emulators in process, but the exhaustive ones
	@$(PYTEST) tests/integration -m "not exhaustive" $(ARGS)

e2e: dev aws chromium ocr ## the tests against the deployed template
	@$(PYTEST) tests/e2e $(ARGS)

browser: dev web react chromium ## the tests of the page element, and of the example in React, in a browser
	@$(PYTEST) tests/browser $(ARGS)

screenshots: dev aws chromium ## remake the README's pictures, docs/images/*.png
	@.venv/bin/python -m tests.screenshots

simulate: dev ## users, drains and faults in random order, for as long as one likes: EXAMPLES=100000
	@SIMULATE_EXAMPLES=$(or $(EXAMPLES),20000) $(PYTEST) tests/unit/auto_import/test_simulation.py \
		tests/unit/document_sync/test_simulation.py $(ARGS)

bench: dev ## speed, memory, growth and cost beside peers; ARGS="webhook import calls" chooses
	@sh tools/environment bench
	@.venv/bin/python -m bench $(ARGS)

soak: dev aws ocr ## users, faults and killed functions on the deployed template, then a look from outside: MINUTES=10 USERS=50 SEED=1
	@.venv/bin/python -m bench.soak --minutes $(or $(MINUTES),3) --users $(or $(USERS),10) --seed $(or $(SEED),1)

bench-read: dev ocr ## how much of real documents is read right: DOCUMENTS=DIR; ARGS="--misses"
	@.venv/bin/python -m bench.reading $(or $(DOCUMENTS),.local/documents) $(ARGS)

fit: dev ocr ## what weights fitted to documents would change, and how sure scores are: DOCUMENTS="DIR…"
	@.venv/bin/python -m bench.fit $(or $(DOCUMENTS),.local/documents) $(ARGS)

mutations: dev ## how many small changes to the reader's rules its own tests notice: ARGS="--count 20 --only amounts"
	@.venv/bin/python -m bench.mutations $(ARGS)

check: dev sam checkov policies web ## format, lint, types, layers, template
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv-sam/bin/cfn-lint template*.yaml local/host.yaml examples/events/template.yaml examples/mails/template.yaml
	@.venv-policies/bin/python -W ignore tools/judge_policies.py
	@# It ends well, too, where it could not make sense of the template.
	@found=$$(.venv-checkov/bin/checkov --config-file .checkov.yaml) || { echo "$$found"; exit 1; }; \
		echo "$$found" | grep -E 'Passed checks: [1-9]' || { echo "checkov has checked nothing." >&2; exit 1; }
	@npm --prefix web run --silent check
	@if grep -nE '[a-z]+://|--(extra-)?index-url|--find-links' requirements/*.txt || \
		grep -n '"resolved": "[a-z+]*:' $$(git ls-files '*package-lock.json'); then \
		echo "A file of locked packages names where they come from." >&2; exit 1; fi

validate: sam ## the template, as SAM sees it
	@$(SAM) validate --lint

lock: dev ## compile requirements/ from pyproject.toml; UPGRADE=1 takes the newest versions
	@for group in $(patsubst requirements/%.txt,%,$(wildcard requirements/*.txt)); do \
		echo "requirements/$$group.txt"; \
		UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header $(if $(UPGRADE),--upgrade) \
			--group $$group --output-file requirements/$$group.txt || exit 1; \
	done

openapi: dev ## write docs/openapi.json from the code that answers, docs/asyncapi.json from docs/events
	@.venv/bin/python -m local.openapi
	@.venv/bin/python -m local.asyncapi

dropbox-recordings: dev ## write the table of docs/dropbox.md from recordings of the real Dropbox
	@.venv/bin/python -m tests.integration.dropbox_recordings

element: web ## web/jenji-dropbox.js and web/texts, from web/src
	@npm --prefix web run --silent build

build: dev sam ## one deployable artifact per function, in .aws-sam/build
	@$(SAM) build

deploy: dev sam ## what was built, to AWS: ENVIRONMENT=staging PARAMETERS=file
	@.venv/bin/python -m local.release $(or $(ENVIRONMENT),staging) $(if $(PARAMETERS),--parameters $(PARAMETERS))

smoke: dev ## ask a deployed stack for what only AWS can refuse: STACK=name
	@.venv/bin/python -m local.smoke $(STACK)

restore: dev ## all tables beside the present ones, as they were: ENVIRONMENT=staging MOMENT=2026-11-27T03:00:00Z
	@.venv/bin/python -m local.restore $(or $(ENVIRONMENT),staging) $(MOMENT)

clean: ## remove what was built and the state of local runs
	rm -rf .local .aws-sam .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find functions shared local tests bench -name __pycache__ -prune -exec rm -rf {} +

dev aws sam checkov policies javascript ocr web react chromium:
	@sh tools/environment $@

# `sam build` calls it for each function of template.yaml.
build-%:
	@.venv/bin/python -m local.artifacts $* "$(ARTIFACTS_DIR)"
