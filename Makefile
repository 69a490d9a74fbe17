# Every command of this project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test drill bench words rights pictures migrate fmt lock

PYTHON ?= python3
PORT ?= 5000
WORKERS ?= 2
VENV := .venv/bin/python
# Kept, whatever the environment says: compiling the tests takes a worker as long as running a hundred of them.
PYTEST := PYTHONDONTWRITEBYTECODE= $(VENV) -m pytest
# Journeys drive a browser and have their own line below; drills take long and have their own command.
ROOMS := --ignore=tests/journeys --ignore=tests/drills

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: ## install what is needed and serve the demonstration: make run [PORT=5000]
	@$(PYTHON) tools/setup.py run
	@MODE="$${MODE:-demo}" PORT=$(PORT) exec $(VENV) wsgi.py

test: ## everything that CI runs: format, lint, catalogues, tests on SQLite and PostgreSQL, browser
	@$(PYTHON) tools/setup.py test
	@$(VENV) -m ruff format --check .
	@$(VENV) -m ruff check .
	@$(VENV) -m forum.core.languages.words check
	@echo "· Tests on SQLite" && $(PYTEST) -q -n $(WORKERS) $(ROOMS)
	@echo "· Tests on PostgreSQL" && $(PYTEST) -q -n $(WORKERS) $(ROOMS) --database postgresql
	@echo "· Journeys in a browser" && $(PYTEST) -q -n $(WORKERS) tests/journeys

drill: ## the long tests: faults, simulations, every page as a picture
	@$(PYTHON) tools/setup.py test
	@$(PYTEST) tests/drills $(ARGS)

bench: ## measurements: make bench NAME=page [ARGS=…]; without NAME lists them
ifdef NAME
	@$(PYTHON) tools/setup.py test
	@$(VENV) -m bench.$(NAME) $(ARGS)
else
	@for file in bench/[!_]*.py; do echo "  make bench NAME=$$(basename "$$file" .py)"; done
endif

words: ## bring the catalogues up to date with the interface: extract, update, check
	@$(PYTHON) tools/setup.py test
	@$(VENV) -m forum.core.languages.words extract
	@$(VENV) -m forum.core.languages.words update
	@$(VENV) -m forum.core.languages.words check

rights: ## write docs/rights.md anew from the table of rights
	@$(PYTHON) tools/setup.py test
	@$(VENV) tools/rights.py

pictures: ## make the pictures of the README again: docs/pictures
	@$(PYTHON) tools/setup.py test
	@$(VENV) tools/pictures.py

migrate: ## bring the database of DATABASE_URL to the newest form (flask db upgrade)
	@$(PYTHON) tools/setup.py run
	@MODE="$${MODE:-demo}" $(VENV) -m flask db upgrade

fmt: ## format and lint, mending what can be mended
	@$(PYTHON) tools/setup.py test
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix .

lock: ## write the lock files anew: make lock [ARGS=--upgrade]
	@$(PYTHON) tools/setup.py lock $(ARGS)
