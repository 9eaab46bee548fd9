# One line a target in `make help`: what follows the two hashes.
PYTHON ?= python3
VENV ?= .venv
TESTS ?=
READY := $(VENV)/ready
PY := $(VENV)/bin/python
OLDEST := .venv-oldest
LAB_FLAGS ?=

# In a locale of ASCII alone Python 3.11 cannot find a package whose path has other letters.
export LC_ALL := $(filter-out C POSIX,$(LC_ALL))

# Switches off the plugin that asks whether to fetch news; no flag of JupyterLab's does.
NO_NEWS := $(dir $(PY))../etc/jupyter/labconfig/page_config.json

# The token stays on. Neither news, updates nor extensions are looked up outside this machine.
LAB := $(PY) -m jupyterlab \
	--LabApp.news_url=None \
	--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate \
	--LabApp.extension_manager=readonly \
	--ServerApp.root_dir="$$PWD" \
	--LabApp.default_url=/lab/tree/notebooks/0-start-here.ipynb \
	$(if $(filter 0,$(shell id -u)),--allow-root)

# Rerunning leaves no difference: no widget state, no timings, no version of the Python that ran it.
NBCONVERT := $(PY) -m jupyter nbconvert --to notebook --execute --inplace --log-level=WARN \
	--ExecutePreprocessor.store_widget_state=False \
	--ExecutePreprocessor.record_timing=False \
	--ExecutePreprocessor.kernel_name=python3 \
	--ClearMetadataPreprocessor.enabled=True \
	--ClearMetadataPreprocessor.clear_cell_metadata=False \
	--ClearMetadataPreprocessor.preserve_nb_metadata_mask='{"kernelspec", ("language_info", "name")}'

.PHONY: help setup lab test check notebooks bench fuzz test-oldest clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done

setup: $(READY) ## make .venv and install everything; does nothing when nothing changed

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'explore needs Python 3.11 or newer: make setup PYTHON=python3.12' >&2; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt pip setuptools
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[lab,test]'
	@touch $@

$(NO_NEWS): | $(READY)
	@$(PY) -m jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements 2>/dev/null

lab: $(READY) $(NO_NEWS) ## open the first notebook in JupyterLab (LAB_FLAGS="--no-browser --port 8899")
	$(LAB) $(LAB_FLAGS)

test: $(READY) ## run every test: code, examples, notebooks, browser (TESTS=tests/test_main.py: those alone)
	@$(PY) -m pytest $(TESTS)

check: $(READY) ## lint, formatting, types, and every number of our prose held to its row
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m explore check notebooks/*.ipynb README.md

notebooks: $(READY) ## run all notebooks again, in place
	$(NBCONVERT) notebooks/*.ipynb
	$(PY) tests/forget_widgets.py notebooks/*.ipynb

bench: $(READY) ## measure speed against the goals (some lines of it: NAME="load audit")
	$(PY) tests/bench/run.py $(NAME)

fuzz: $(READY) ## property tests with 10,000 examples each
	HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest tests -m hypothesis

test-oldest: $(READY) ## run the tests with the lowest versions that pyproject.toml admits
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	$(PY) -m uv venv --quiet --clear --python $(PY) $(OLDEST)
	$(PY) -m uv pip install --quiet --python $(OLDEST) --resolution lowest-direct -e '.[lab,test]'
	@$(OLDEST)/bin/python -m pytest

clean: ## remove the environment, caches and exports
	rm -rf .venv .venv-* exports dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
