# Two recipes do everything: `make run` and `make test`. Nothing is needed but Rust, Node and make.

ADDRESS ?= 127.0.0.1:8080
DATA ?= data

.PHONY: run test assets release bench

run: assets
	cargo build --bin sitrep
	$$(tests/target-dir)/debug/sitrep demo --data $(DATA) --listen $(ADDRESS)

test: $(if $(wildcard crates/web/package.json),assets)
	@bash tests/run

release: assets
	cargo build --release --bin sitrep

bench: release
	@bash bench/run

assets: crates/web/assets/built/manifest.json

crates/web/assets/built/manifest.json: $(shell find crates/web/styles crates/web/islands -type f 2>/dev/null) crates/web/build.mjs crates/web/package-lock.json
	cd crates/web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
