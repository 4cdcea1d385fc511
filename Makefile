# peixun: the two commands are `make run` and `make test`.
SHELL := /bin/bash
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# Tests need neither a C compiler nor a display; the tag ci keeps the system's fonts out of Fyne's test driver.
TEST := CGO_ENABLED=0 go test -tags ci -timeout 30m
OUT ?= out/tour

BUILD_PACKAGES := gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev libxcursor-dev libxinerama-dev
WINDOW_PACKAGES := libgl1-mesa-dri xvfb xdotool xclip x11-utils imagemagick poppler-utils
# With these the tests of papers ask other programs too; without them those tests are skipped.
PROOF_PACKAGES := qpdf mupdf-tools poppler-utils

# need installs Debian packages that are missing, and says what to do where there is no apt.
define need
	@missing=$$(for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	[ -z "$$missing" ] && exit 0; \
	if command -v apt-get >/dev/null; then \
		echo "installing: $$missing"; \
		as=; [ "$$(id -u)" = 0 ] || as=sudo; \
		$$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
		case "$$(uname -s)" in \
		Darwin) xcode-select -p >/dev/null 2>&1 || { echo "Please install the Xcode command line tools: xcode-select --install"; exit 1; };; \
		MINGW*|MSYS*) command -v gcc >/dev/null || { echo "Please install MSYS2 with mingw-w64-x86_64-gcc (https://www.msys2.org) and run make in its MINGW64 shell."; exit 1; };; \
		*) echo "Please install the equivalents of these Debian packages: $$missing"; exit 1;; \
		esac; \
	fi
endef

.PHONY: run build test proof-tools tour e2e bench faults lint clean

run: build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then bin/peixun; \
	else echo "no display: taking the tour instead"; $(MAKE) tour; fi

build:
	$(call need,$(BUILD_PACKAGES))
	go build -tags migrated_fynedo -o bin/peixun .

# The build for end-to-end tests lets tests see the widgets and reports calls from the wrong thread.
bin/peixun-e2e: FORCE
	$(call need,$(BUILD_PACKAGES) $(WINDOW_PACKAGES))
	go build -tags e2e -o $@ .
FORCE:

tour: bin/peixun-e2e
	go run ./e2e/tour -program bin/peixun-e2e -out $(OUT)

e2e: bin/peixun-e2e
	go test -tags e2e -count=1 -timeout 30m ./e2e/...

test:
	@! command -v apt-get >/dev/null || $(MAKE) -s proof-tools
	$(TEST) ./...

proof-tools:
	$(call need,$(PROOF_PACKAGES))

# The import runs side by side with a Python and a Node script that do the same; better-sqlite3 is compiled, which takes a minute.
bench:
	$(call need,python3-openpyxl python3-cryptography gcc g++ make)
	@[ -d out/bench/node_modules/better-sqlite3 ] || { mkdir -p out/bench && echo '{"private": true}' >out/bench/package.json && \
		npm_config_nodedir=/usr npm install --prefix out/bench --no-audit --no-fund xlsx@0.18.5 better-sqlite3@11.10.0; }
	CGO_ENABLED=0 PEIXUN_NODE_MODULES=$(CURDIR)/out/bench go test -tags ci -timeout 60m -run '^$$' -bench . -benchtime 1x ./app ./data/...

faults:
	PEIXUN_FAULTS=1 $(TEST) -count=1 -timeout 60m -run 'Kill|Model|Processes' -v ./app

lint:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted"; exit 1; }
	CGO_ENABLED=0 go vet -tags ci ./...
	CGO_ENABLED=0 go run $(STATICCHECK) -tags ci ./...

clean:
	rm -rf bin out
