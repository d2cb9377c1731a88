.DEFAULT_GOAL := help
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?= 1

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/installed: requirements.txt
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed."; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; python3 here is $$(python3 --version)."; exit 1; }
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: .venv/installed ## the sample council on http://127.0.0.1:8000 (PORT, DATA_DIR)
	$(PY) manage.py demo

run: .venv/installed ## the same servers without sample data
	$(PY) manage.py run

test: .venv/installed-dev ## the suite, browser tests included
	$(PY) -m tests.chromium
	$(PY) -m pytest -n 2 -m "not long"

test-long: .venv/installed-dev ## the long ones
	$(PY) -m tests.chromium
	$(PY) -m pytest -n 2 -m long

test-all: test test-long ## everything

bench: .venv/installed ## benchmarks beside bare floors: NAMES="parse import", FULL=1 for a million rows
	$(PY) manage.py bench $(NAMES) $(if $(FULL),--full)

eval: .venv/installed-dev ## quality of the suggestions (on real hearings where CORPUS_DIR is set)
	$(PY) -m tests.eval --robust

check: .venv/installed-dev ## lint, types, templates, migrations, deploy check
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/djade --check $$(git ls-files 'templates/*.html')
	$(PY) manage.py makemigrations --check --dry-run
	DEBUG=no SITE_URL=https://tracker.example.gov ALLOWED_HOSTS=tracker.example.gov $(PY) manage.py check --deploy --fail-level WARNING

fix: .venv/installed-dev ## format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	-.venv/bin/djade $$(git ls-files 'templates/*.html')

audit: .venv/installed-dev ## known holes in the pinned packages (asks the package index)
	.venv/bin/pip-audit --disable-pip -r requirements.txt

lock: .venv/installed-dev ## compile requirements.in and requirements-dev.in
	for n in requirements requirements-dev; do \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $$n.in -o $$n.txt || exit 1; \
	done

.PHONY: help demo run test test-long test-all bench check eval fix audit lock
