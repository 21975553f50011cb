# Homeroom. `make demo` and `make test` do everything on a bare Debian machine with the Swift toolchain.
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
DEMO_ARGS ?= --students 10000 --once
BENCH_ARGS ?=

.PHONY: help demo test bench bench-isolation build release deps install-sdk format lint clean

help:
	@echo "make demo    build, start a simulated district, sync it, show the result (DEMO_ARGS=...)"
	@echo "make test    build and run every test"
	@echo "make bench   what a sync costs: 10,000 and 100,000 students (BENCH_ARGS=...)"
	@echo "make release optimised build in .build/release"
	@echo "make install-sdk  the plugin SDK, for vendors, under PREFIX=$(PREFIX)"
	@echo "make bench-isolation   what a worker process costs against the host's own"

# Installs what is missing with the system's package manager; does nothing, and needs no rights, otherwise.
deps:
	@./.ci/deps

build: deps
	$(SWIFT) build

release: deps
	$(SWIFT) build -c release

demo: release
	.build/release/homeroom demo $(DEMO_ARGS)

test: deps
	$(SWIFT) test

bench: release
	.build/release/homeroom-bench $(BENCH_ARGS)

# What a vendor builds against: header, Swift overlay, templates, examples, and the file for pkg-config.
SDK = $(DESTDIR)$(PREFIX)/share/homeroom/plugin-sdk
install-sdk:
	rm -rf $(SDK)
	install -d $(SDK) $(DESTDIR)$(PREFIX)/share/pkgconfig
	tar -C plugin-sdk --exclude=.build --exclude=.swiftpm --exclude='*.so' -cf - . | tar -C $(SDK) --no-same-owner -xf -
	chmod -R u+w,a+rX $(SDK)
	sed 's|^sdkdir=.*|sdkdir=$${pcfiledir}/../homeroom/plugin-sdk|' plugin-sdk/sis-plugin.pc \
	  > $(DESTDIR)$(PREFIX)/share/pkgconfig/sis-plugin.pc

# Both modes in turns in one run: the ratios count.
bench-isolation: release
	clang -O2 -std=c99 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden -Iplugin-sdk/include \
	  -o .build/release/libsis_page.so Benchmarks/Isolation/page_provider.c
	.build/release/isolation-benchmark .build/release/libsis_page.so .build/release/libsis_powerschool.so

format:
	swift-format format --in-place --recursive Sources Plugins Tests plugin-sdk Package.swift

lint:
	swift-format lint --recursive Sources Plugins Tests plugin-sdk Package.swift

clean:
	rm -rf .build
