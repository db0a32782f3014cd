# Everything below runs in .venv, which the first target you call sets up from requirements.lock.
BIN := .venv/bin
READY := .venv/.ready
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3 python python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
CORPUS ?= seeds
OUT ?= reports
RESULTS := data/results
COMMA := ,
# What is evaluated on which file of the folder EVAL; NEWS are the scraped articles of Baly et al. 2020.
EVALUATIONS := attribution=attribution/polnear/dev/articles.jsonl.gz \
	published=attribution/polnear/train/articles.jsonl.gz speakers=events/basil_dev.jsonl.gz \
	events=events/basil_dev.jsonl.gz dates=dates/tbaq.jsonl.gz framing=framing/dev.jsonl blame=blame/dev.jsonl \
	statements=attribution/polnear/train/articles.jsonl.gz

.DEFAULT_GOAL := help
.PHONY: help setup report test pages picture notebooks lab bench stress evaluate lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## install everything into .venv, at the locked versions

report: $(READY) ## render the notebooks on a corpus: make report CORPUS=seeds OUT=reports
	$(BIN)/sayso report $(CORPUS) --out $(OUT)

test: $(READY) ## check the code, run the tests, re-run the notebooks against their stored outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -n 2 --dist worksteal
	$(BIN)/pytest -n 2 --dist loadscope -p no:cacheprovider notebooks/ --nbval \
		--nbval-current-env --nbval-cell-timeout 120 --nbval-sanitize-with tests/nbval-sanitize.cfg

pages: $(READY) ## write the generated tables of README.md and data/README.md
	$(BIN)/python tools/pages.py

picture: $(READY) ## make the pictures in README.md (needs Chromium)
	$(BIN)/python tools/picture.py

notebooks: $(READY) ## run the notebooks on the seeds and store their outputs
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ClearMetadataPreprocessor.enabled=True \
		--ClearMetadataPreprocessor.preserve_cell_metadata_mask "{'tags'}" \
		--ClearMetadataPreprocessor.preserve_nb_metadata_mask "{'kernelspec', ('language_info', 'name')}" \
		notebooks/*.ipynb

lab: $(READY) ## open the notebooks in JupyterLab
	@$(BIN)/jupyter trust notebooks/*.ipynb > /dev/null  # else their pictures show when they ran
	$(BIN)/jupyter lab notebooks

bench: $(READY) ## measure speed, beside peers: make bench ATTRIBUTION=polnear/dev DATES=tbaq.jsonl.gz
	@test -n "$(ATTRIBUTION)$(DATES)$(GROWTH)$(SCALE)" || { echo "make bench needs articles:" \
		"ATTRIBUTION=PATH (benchmarks/attribution/compare.py), DATES=FILE (benchmarks/dates/compare.py)," \
		"GROWTH=FILE (benchmarks/statements/growth.py), SCALE=FILE (benchmarks/scale/measure.py)"; \
		exit 1; }
	$(if $(ATTRIBUTION),$(BIN)/python -m benchmarks.attribution.compare $(ATTRIBUTION) --save $(RESULTS))
	$(if $(DATES),$(BIN)/python -m benchmarks.dates.compare $(DATES))
	$(if $(GROWTH),$(BIN)/python -m benchmarks.statements.growth $(GROWTH) --save $(RESULTS))
	$(if $(SCALE),$(BIN)/python -m benchmarks.scale.measure $(SCALE) --save $(RESULTS))

stress: $(READY) ## time hard texts, open injected ones, kill runs; make stress ARTICLES=FILE mutates
	$(BIN)/python -m benchmarks.stress.growth
	$(BIN)/python -m benchmarks.stress.injections
	$(BIN)/python -m benchmarks.scale.kills
	$(if $(ARTICLES),$(BIN)/python -m benchmarks.stress.mutate $(ARTICLES) --number 20000)

evaluate: $(READY) ## score our own annotations; with EVAL=folder NEWS=file all data, kept in data/results
	$(BIN)/sayso evaluate gold $(if $(EVAL),--save $(RESULTS))
	$(BIN)/python -m benchmarks.score page $(if $(EVAL),--save $(RESULTS))
	$(foreach one,$(if $(EVAL),$(EVALUATIONS)),$(BIN)/python -m benchmarks.score $(subst =, $(EVAL)/,$(one)) \
		--save $(RESULTS) &&) true
	$(if $(NEWS),$(BIN)/python -m benchmarks.score blame_articles $(NEWS) --save $(RESULTS))
	$(if $(NEWS),$(BIN)/python -m benchmarks.score attribution $(NEWS) --save $(RESULTS) \
		--called attribution-scraped)
	$(if $(and $(EVAL),$(NEWS)),$(BIN)/python -m benchmarks.score persons \
		$(NEWS)$(COMMA)$(EVAL)/events/basil_dev.jsonl.gz --save $(RESULTS))

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	tools=$$(mktemp -d) && $(BIN)/python -m venv $$tools && $$tools/bin/pip install -qq uv && \
	$$tools/bin/uv --no-config -q pip compile pyproject.toml --all-extras --universal \
		--python-version 3.11 --fork-strategy fewest --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		-o requirements.lock; status=$$?; rm -r $$tools; exit $$status

clean: ## remove what the targets made, .venv last
	rm -rf reports store .pytest_cache .ruff_cache .hypothesis .venv

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "sayso needs Python 3.11 or later: none found as python3.11," \
		"python3.12, python3.13, python3 or python. Install one and run make again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv with $$($(BIN)/python --version), some minutes the first time ..."
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock || { \
		echo "Warning: requirements.lock does not fit this Python or platform. Installing the" \
		"newest allowed versions instead; stored outputs may differ in details."; \
		$(BIN)/python -m pip install -qq -e '.[formats,notebooks,test]'; }
	@$(BIN)/python -m pip install -qq --no-deps -e .
	@touch $@
