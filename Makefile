# `make run` and `make test` are all that is needed; the rest is what they call.
SHELL := /bin/bash
.PHONY: run watch build test prove bench setup clean

# Builds the release, fills an empty database with the demo edition, serves.
run: build
	@target/release/pressroom import markdown content --if-empty --pictures-later
	@exec target/release/pressroom serve

# The developers' loop: rebuilds and reloads on every change.
watch:
	@tools/setup watch
	@tools/with-tools cargo leptos watch

# One binary with the browser's files inside.
build: setup
	@tools/build

test:
	@tools/test

# What is too heavy for every change.
prove:
	@tools/test prove

# The numbers: requests a second beside nginx, memory, sizes.
bench: build
	@tools/setup test
	@tools/postgres run tools/bench
	@RUNS=5 tools/journeys --config lighthouse.config.js

setup:
	@tools/setup

clean:
	cargo clean
