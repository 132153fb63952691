# make demo | test | build | verify | bench | fuzz | migration | help

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO        ?= go
BIN       := bin/rung
LINT      := $(GO) tool -modfile=deploy/ci/go.mod golangci-lint
WITH_PG   := $(GO) run ./internal/platform/store/storetest/withpostgres
FUZZTIME  ?= 60s
VERSION   ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

export CGO_ENABLED := 0

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t14

.PHONY: demo
demo: build ## build everything and show a synthetic company at http://localhost:8080
	$(BIN) demo

.PHONY: build
build: frontend/dist/index.html ## the front end, and bin/rung with it inside
	$(GO) build -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/rung

.PHONY: test
test: test-go test-bench test-frontend test-e2e ## all tests: Go on SQLite and PostgreSQL, front end, browser

.PHONY: test-go
test-go: ## Go tests; starts a private PostgreSQL unless RUNG_TEST_POSTGRES is set
	@deploy/ci/install postgres
	$(WITH_PG) $(GO) test -timeout 30m ./...

.PHONY: test-bench
test-bench: ## the benchmark for a moment on a small company: does it still run, and does the floor still agree?
	@deploy/ci/install postgres
	$(GO) run ./internal/dev/bench -people 500 -seconds 0.02

.PHONY: test-frontend
test-frontend: frontend/node_modules ## unit tests of the front end
	cd frontend && npm test

.PHONY: test-e2e
test-e2e: build ## the journeys in Chromium
	@deploy/ci/install chromium
	cd frontend && npm run e2e

.PHONY: verify
verify: frontend/node_modules ## generated code, format, lint, no drift
	$(MAKE) generate
	git diff --exit-code -- ent frontend/src/api policies || { echo 'generated files differ: run make generate and commit'; exit 1; }
	test -z "$$(gofmt -l cmd deploy/ci ent/schema ent/migrations internal policies frontend/*.go | tee /dev/stderr)"
	$(LINT) run ./...
	$(GO) run -C deploy/ci ./verify ../..
	cd frontend && npm run check

.PHONY: generate
generate: frontend/node_modules ## ent client, OpenAPI document, typed client
	cd ent && $(GO) generate ./...
	$(GO) run ./cmd/rung openapi > frontend/src/api/openapi.json.new && mv frontend/src/api/openapi.json.new frontend/src/api/openapi.json
	cd frontend && npm run generate

.PHONY: fix
fix: frontend/node_modules ## format everything
	gofmt -w cmd ent/schema ent/migrations internal policies
	cd frontend && npm run fix

.PHONY: bench
bench: ## Rung against a hand-written floor; see ARCHITECTURE.md
	$(GO) run ./internal/dev/bench $(ARGS)

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME each
	@for package in $$(grep -rl --include=*_test.go '^func Fuzz' internal | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z]+' $$package/*_test.go | cut -c6-); do \
	    $(GO) test ./$$package -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x; done; done

.PHONY: migration
migration: ## write the next migration: make migration NAME=add_thing
	$(WITH_PG) bash -c 'RUNG_DEV_POSTGRES=$$RUNG_TEST_POSTGRES $(GO) run ./ent/migrations/new $(NAME)'
	$(GO) test ./internal/platform/store -run GoldenDDL -update

frontend/node_modules: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

frontend/dist/index.html: frontend/node_modules $(shell find frontend/src frontend/public frontend/build frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)
	cd frontend && npm run build
	@touch $@

.PHONY: clean
clean: ## remove what was built
	rm -rf bin frontend/node_modules frontend/dist/assets frontend/dist/index.html
