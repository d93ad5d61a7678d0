# Two commands are enough: `make run` starts the registry, `make test` checks everything.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: run test format benchmark clean help

run: .venv/installed  ## start the registry with its example countries
	@$(BIN)/koepel demo

test: .venv/installed-dev  ## check formatting, style and types, then run the tests
	@failed=; \
	$(BIN)/ruff format --check . || failed="$$failed formatting"; \
	$(BIN)/ruff check . || failed="$$failed style"; \
	$(BIN)/mypy || failed="$$failed types"; \
	$(BIN)/pytest --numprocesses=auto --dist=loadfile || failed="$$failed tests"; \
	echo; \
	if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi; \
	echo "All four passed: formatting, style, types, tests"

format: .venv/installed-dev  ## put every Python file into the project's format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

benchmark: .venv/installed-dev  ## measure how fast the registry is on this machine
	@$(BIN)/pytest tests/benchmarks -s

clean:  ## remove everything that make and the tools have made
	@rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	@find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

.venv/installed: pyproject.toml | $(BIN)/pip
	@echo "Installing Koepel and its libraries (once, a few minutes)"
	@$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing the tools for development (once)"
	@$(BIN)/pip install --quiet --group dev
	@touch $@

# Debian keeps ensurepip, which puts pip into a new environment, in a package of its own that a bare machine
# lacks. There an existing pip does the work; else apt fetches the signed pip that Debian ships. Neither needs root.
$(BIN)/pip:
	@if $(PYTHON) -c "import ensurepip" 2>/dev/null; then $(PYTHON) -m venv --clear .venv; else \
	  $(PYTHON) -m venv --clear --without-pip .venv; \
	  $(PYTHON) -m pip --python $(BIN)/python install --quiet pip 2>/dev/null || { $(pip-from-debian); } || { \
	    echo "This machine cannot make a Python environment. Please run: sudo apt-get install python3-venv"; \
	    exit 1; }; \
	fi
	@$(BIN)/pip install --quiet --upgrade "pip>=25.1"

apt := .venv/apt
apt-get := apt-get -qq -o Dir::State::Lists="$(CURDIR)/$(apt)/lists" -o Dir::Cache="$(CURDIR)/$(apt)" \
  -o Debug::NoLocking=1 -o APT::Sandbox::User=root

define pip-from-debian
echo "Fetching pip from Debian (python3-venv is not installed)"; mkdir -p $(apt)/lists/partial; \
$(apt-get) update && (cd $(apt) && $(apt-get) download python3-pip-whl) && \
dpkg-deb --extract $(apt)/python3-pip-whl_*.deb $(apt) && \
wheel=$$(echo $(apt)/usr/share/python-wheels/pip-*.whl) && \
PYTHONPATH=$$wheel $(BIN)/python -m pip install --quiet --no-index --ignore-installed $$wheel && rm -rf $(apt)
endef
