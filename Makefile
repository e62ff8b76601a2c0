# The verbs of this repository; `make help` lists them. Everything here only calls tools that also work by hand:
# tools/packages/install, tools/npm, cmake, ctest, tools/tidy.

JOBS ?= $(shell nproc)
# Of `make run`: where the demonstration lives and listens.
DATA ?= data
ADDRESS ?= 127.0.0.1
PORT ?= 8080

PROGRAM := build/jiuzhu
SOURCES := $(wildcard src apps tests)

# Two checkouts of the same text share what ccache has compiled.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help packages packages-test web build run test test-fast bench bench-sieve format tidy clean

help: ## list the verbs
	@echo "Usage: make VERB"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo "Settings: JOBS=$(JOBS) DATA=$(DATA) ADDRESS=$(ADDRESS) PORT=$(PORT)"

packages: ## install the Debian packages that building and running need
	@tools/packages/install build

packages-test: ## install, besides, what the tests need: PostgreSQL, Chromium, fonts
	@tools/packages/install build test

# The page is built only when one of its files is newer, so that a second start takes seconds.
WEB_PAGE := $(if $(wildcard web/package.json),web/dist/index.html)
WEB_FILES := $(if $(WEB_PAGE),$(shell find web \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print))

web: packages $(WEB_PAGE) ## build the web page into web/dist

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "== web page: fetching its libraries"
	@cd web && ../tools/npm ci --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_FILES)
	@echo "== web page: building"
	@cd web && ../tools/npm run --silent build -- --logLevel warn
	@touch $@

build/build.ninja: CMakePresets.json
	@echo "== program: configuring"
	@cmake --preset release --log-level=NOTICE

build: web build/build.ninja ## build the program, with the web page in it, as build/jiuzhu
	@echo "== program: compiling with $(JOBS) jobs; the first time takes minutes"
	@cmake --build build --target jiuzhu --parallel $(JOBS)

run: build ## install, build and serve a demonstration with its own data on 127.0.0.1:8080
	@tools/run-demo $(PROGRAM) $(DATA) $(ADDRESS) $(PORT)

# ctest comes last, so that its summary counts everything: the web page's tests and tidy are tests of it too.
test: packages-test web build/build.ninja ## run all tests: program on both databases, web page, browser, style
	@echo "== tests: compiling with $(JOBS) jobs"
	@cmake --build build --parallel $(JOBS)
	@tools/with-postgresql ctest --preset release --parallel 2 --output-on-failure

test-fast: packages build/build.ninja ## run the tests that need neither PostgreSQL nor a browser
	@cmake --build build --parallel $(JOBS)
	@ctest --preset release --parallel $(JOBS) --output-on-failure --label-exclude slow

bench: packages-test build ## measure against pgbench and raw SQLite; SUITES="filing-sqlite …" for some only
	@cmake --build build --target bench --parallel $(JOBS)
	@tools/with-postgresql build/bench $(SUITES)

bench-sieve: packages build ## measure the sieve against DuckDB, ClickHouse and Polars; needs 20 GB of disk; ROUNDS=5
	@cmake --build build --target sieve-workload --target sieve-limit --target sieve-timed --target sieve-duckdb-number --parallel $(JOBS)
	@tools/node bench/sieve/all.mjs --rounds $(or $(ROUNDS),5)

format: ## format the C++ files with clang-format-19
	@find $(SOURCES) -name '*.cpp' -o -name '*.hpp' | xargs clang-format-19 -i

tidy: ## check includes, message keys, style, links; each finding names its remedy
	@tools/tidy

clean: ## remove what was built or fetched; data folders stay
	rm -rf build build-dev web/dist web/node_modules web/browser/node_modules web/test-results tools/node_modules tools/node-runtime/node_modules
