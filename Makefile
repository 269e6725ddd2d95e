# SPDX-License-Identifier: MIT
# One build file. Objects live in build/obj/CONFIG, so that configurations never mix:
# `make` is the release build; `make CONFIG=asan check` the same tests under sanitizers.

VERSION := 0.1.0
CONFIG ?= release
PREFIX ?= /usr/local
# Not every shell expands PREFIX=~/.local
override PREFIX := $(patsubst ~/%,$(HOME)/%,$(PREFIX))
DESTDIR ?=
CC ?= cc
AR ?= ar
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config

OUT_release := build
OUT := $(if $(OUT_$(CONFIG)),$(OUT_$(CONFIG)),build/$(CONFIG))
OBJ := build/obj/$(CONFIG)

FLAGS_release := -O2
FLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_debug := -O0 -g
FLAGS_cov := -O0 -g --coverage
FLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wwrite-strings -Wpointer-arith -Wformat=2 -Wundef -Wconversion
ifdef WERROR
WARN += -Werror
endif

# Debian's libsvm has no .pc file and its header is <libsvm/svm.h>.
LIBSVM_CFLAGS ?=
LIBSVM_LIBS ?= -lsvm
PKGS := libutf8proc zlib libzstd
# ISA-L decompresses gzip in half the time of zlib, which stays the fallback: `make ISAL=` does
# without it.
ISAL ?= $(shell $(PKG_CONFIG) --exists libisal && echo libisal)
PKGS += $(ISAL)
# The screen of `stance label`; the program's alone, the library never links it.
TUI_PKGS := ncursesw
TUI_LIBS := $(shell $(PKG_CONFIG) --libs $(TUI_PKGS))
DEP_CFLAGS := $(LIBSVM_CFLAGS) $(shell $(PKG_CONFIG) --cflags $(PKGS))
DEP_LIBS := $(LIBSVM_LIBS) $(shell $(PKG_CONFIG) --libs $(PKGS)) -lpthread -lm

CPPFLAGS_ALL := -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
	-DSTANCE_VERSION='"$(VERSION)"' $(DEP_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL := -std=c11 $(WARN) $(FLAGS_$(CONFIG)) -fvisibility=hidden -fPIC -pthread \
	-ffp-contract=off $(CFLAGS)
LDFLAGS_ALL := $(FLAGS_$(CONFIG)) -pthread $(LDFLAGS)

# Everything but src/cli and src/tui is the library; the program is these on top of it.
LIB_SRC := $(sort $(wildcard src/base/*.c src/text/*.c src/corpus/*.c src/features/*.c \
	src/metrics/*.c src/model/*.c src/classify/*.c src/audit/*.c src/sample/*.c src/label/*.c src/agree/*.c \
	src/predictions/*.c src/eval/*.c src/prevalence/*.c src/report/*.c src/html/*.c src/api/*.c))
CLI_SRC := $(sort $(wildcard src/cli/*.c src/tui/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(OBJ)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(OBJ)/%.o)
UNIT_HELP := $(patsubst %.c,$(OBJ)/%.o,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
UNIT := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all
all: $(OUT)/stance ## build build/stance (the default)

$(OUT)/stance: $(CLI_OBJ) $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(CLI_OBJ) $(OUT)/libstance.a $(DEP_LIBS) $(TUI_LIBS)

$(OUT)/libstance.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(OBJ)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(OBJ)/src/tui/screen.o: CPPFLAGS_ALL += $(shell $(PKG_CONFIG) --cflags $(TUI_PKGS))

# The one object that knows where it will be installed: compiled again when PREFIX changes.
$(OBJ)/src/cli/installed.o: CPPFLAGS_ALL += -DSTANCE_DATADIR='"$(PREFIX)/share/stance"'
$(OBJ)/src/cli/installed.o: $(OBJ)/prefix
$(OBJ)/prefix: FORCE
	@mkdir -p $(@D)
	@echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@

# Likewise the objects that know which library decompresses.
$(OBJ)/src/base/gunzip.o $(OBJ)/src/base/checksum.o: CPPFLAGS_ALL += $(if $(ISAL),-DSTANCE_ISAL)
$(OBJ)/src/base/gunzip.o $(OBJ)/src/base/checksum.o: $(OBJ)/isal
$(OBJ)/isal: FORCE
	@mkdir -p $(@D)
	@echo '$(ISAL)' | cmp -s - $@ || echo '$(ISAL)' >$@

.PHONY: FORCE
FORCE:

# --- The library for others: only what stance.h declares can be seen from outside ---
SONAME := libstance.so.0
EXPORTS := nm -g --defined-only

$(OUT)/$(SONAME): $(LIB_OBJ)
	$(CC) $(LDFLAGS_ALL) -shared -Wl,-soname,$(SONAME) -Wl,-z,defs -o $@ $(LIB_OBJ) $(DEP_LIBS)
	@if $(EXPORTS) -D $@ | grep -v ' stance_'; then echo '$@ exports more' >&2; rm $@; exit 1; fi

$(OUT)/libstance.so: $(OUT)/$(SONAME)
	ln -sf $(SONAME) $@

.PHONY: libstance.so
libstance.so: $(OUT)/libstance.so ## build the shared library

# The archive that is installed is one object, what is hidden made local: a program may
# have a buf_add() of its own.
$(OUT)/localized/libstance.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(LD) -r -o $(@D)/libstance.o $(LIB_OBJ)
	$(OBJCOPY) --localize-hidden $(@D)/libstance.o
	$(AR) rcs $@ $(@D)/libstance.o
	@if $(EXPORTS) $@ | grep -E '^[0-9a-f]+ ' | grep -v ' stance_'; then \
		echo '$@ exports more' >&2; rm $@; exit 1; fi

# The commands on top of the shared library and the toolbox alone: that it links proves
# that they use nothing that a user of the library could not.
BASE_OBJ := $(filter $(OBJ)/src/base/%,$(LIB_OBJ))
$(OUT)/shared/stance: $(CLI_OBJ) $(BASE_OBJ) $(OUT)/libstance.so
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -Wl,-rpath,'$$ORIGIN/..' -o $@ $(CLI_OBJ) $(BASE_OBJ) \
		-L$(OUT) -lstance $(DEP_LIBS) $(TUI_LIBS)

.PHONY: shared
shared: $(OUT)/shared/stance ## build the program on top of the shared library

# --- One file that runs anywhere: everything linked in, the shipped model too ---
SHIPPED_MODEL := model/tiktok-fr.stance
TRAINED_ON := corpus/gold/train.ndjson corpus/gold/dev.ndjson
STATIC_LIBS := $(LIBSVM_LIBS) $(shell $(PKG_CONFIG) --static --libs $(filter-out libisal,$(PKGS)) $(TUI_PKGS)) -lstdc++ -lpthread -lm

$(OBJ)/src/cli/builtin.o: src/cli/builtin.S $(SHIPPED_MODEL) Makefile
	@mkdir -p $(@D)
	$(CC) -DSTANCE_BUILTIN='"$(SHIPPED_MODEL)"' -c -o $@ $<

# Debian has no static ISA-L: these objects stand before the archive, whose own are then left there.
WITHOUT_ISAL := $(OBJ)/static/gunzip.o $(OBJ)/static/checksum.o
$(WITHOUT_ISAL): $(OBJ)/static/%.o: src/base/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(OUT)/static/stance: $(CLI_OBJ) $(OBJ)/src/cli/builtin.o $(WITHOUT_ISAL) $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -static -o $@ $^ $(STATIC_LIBS)

.PHONY: static
static: $(OUT)/static/stance ## build one static program with the shipped model inside

# --- Installation ---
INSTALL ?= install
INSTALLED = $(DESTDIR)$(PREFIX)
COMPLETIONS := share/bash-completion/completions

.PHONY: install
install: $(OUT)/stance $(OUT)/localized/libstance.a $(OUT)/$(SONAME) ## install below PREFIX=/usr/local
	$(INSTALL) -d $(addprefix $(INSTALLED)/,bin lib/pkgconfig include share/man/man1 \
		$(COMPLETIONS) share/stance)
	$(INSTALL) $(OUT)/stance $(INSTALLED)/bin/stance
	$(INSTALL) -m 644 $(OUT)/localized/libstance.a $(INSTALLED)/lib/libstance.a
	$(INSTALL) $(OUT)/$(SONAME) $(INSTALLED)/lib/libstance.so.$(VERSION)
	ln -sf libstance.so.$(VERSION) $(INSTALLED)/lib/$(SONAME)
	ln -sf $(SONAME) $(INSTALLED)/lib/libstance.so
	$(INSTALL) -m 644 include/stance.h $(INSTALLED)/include/stance.h
	@printf '%s\n' 'prefix=$(PREFIX)' 'Name: stance' \
		'Description: The stance of forum comments toward targets' 'Version: $(VERSION)' \
		'Requires.private: $(PKGS)' 'Libs: -L$${prefix}/lib -lstance' \
		'Libs.private: $(LIBSVM_LIBS) -lpthread -lm' 'Cflags: -I$${prefix}/include' \
		>$(INSTALLED)/lib/pkgconfig/stance.pc
	$(INSTALL) -m 644 doc/stance.1 $(INSTALLED)/share/man/man1/stance.1
	$(OUT)/stance completion bash >$(INSTALLED)/$(COMPLETIONS)/stance
	$(INSTALL) -m 644 corpus/GUIDE.md $(INSTALLED)/share/stance/GUIDE.md
	if [ -f $(SHIPPED_MODEL) ]; then \
		$(INSTALL) -m 644 $(SHIPPED_MODEL) $(INSTALLED)/share/stance/; fi

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -f $(addprefix $(INSTALLED)/,bin/stance lib/libstance.a lib/libstance.so.$(VERSION) \
		lib/$(SONAME) lib/libstance.so include/stance.h lib/pkgconfig/stance.pc \
		share/man/man1/stance.1 $(COMPLETIONS)/stance share/stance/GUIDE.md share/stance/$(notdir $(SHIPPED_MODEL)))
	-rmdir $(INSTALLED)/share/stance

# Unit tests may look inside: they link the archive, where nothing is hidden.
$(OUT)/unit/%: $(OBJ)/tests/unit/%.o $(UNIT_HELP) $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(DEP_LIBS) -lcmocka -ljansson

$(OUT)/unit/test_cells: $(OBJ)/src/tui/cells.o $(OBJ)/src/tui/keys.o

.PHONY: check
check: $(OUT)/stance $(OUT)/shared/stance $(addprefix $(OUT)/tools/,margins figures vectors machine) $(UNIT) $(FUZZ:%=$(OUT)/fuzz/replay_%) ## run every test
	@tests/run.sh $(OUT)

.PHONY: unit
unit: $(UNIT) ## build and run the unit tests alone
	@bad=0; for t in $(UNIT); do $$t || bad=1; done; exit $$bad

.PHONY: check-cli
check-cli: $(OUT)/stance ## run the scenarios of the command line
	@tests/cli/run.sh $(OUT)/stance

.PHONY: check-docs
check-docs: $(OUT)/stance ## hold the man page against the tables of options
	@scripts/check-docs $(OUT)/stance

# --- Fuzzing: tests/fuzz/fuzz_NAME.c, with stored inputs in tests/fuzz/seeds/NAME ---
# `make replay` needs no clang; `make CONFIG=fuzz CC=clang fuzz` searches for new inputs.
FUZZ_SECONDS ?= 60

$(OUT)/fuzz/replay_%: $(OBJ)/tests/fuzz/fuzz_%.o $(OBJ)/tests/fuzz/replay.o $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(DEP_LIBS)

$(OUT)/fuzz/fuzz_%: $(OBJ)/tests/fuzz/fuzz_%.o $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(DEP_LIBS)

.PHONY: replay
replay: $(FUZZ:%=$(OUT)/fuzz/replay_%) ## run the stored fuzz inputs through their targets
	@for f in $(FUZZ); do $(OUT)/fuzz/replay_$$f tests/fuzz/seeds/$$f || exit 1; done

.PHONY: fuzz
fuzz: $(FUZZ:%=$(OUT)/fuzz/fuzz_%) ## CONFIG=fuzz CC=clang: FUZZ_SECONDS=60 for each target
	@for f in $(FUZZ); do mkdir -p $(OUT)/fuzz/found/$$f && \
		$(OUT)/fuzz/fuzz_$$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 \
		-artifact_prefix=$(OUT)/fuzz/found/ $(OUT)/fuzz/found/$$f tests/fuzz/seeds/$$f || exit 1; done

# --- What the settings of training are worth on our corpus, as a page: eval/results ---
# Cross-validated on what the shipped model learns from; the test part is for the card, and chooses nothing.
REPORT := eval/results/tiktok-fr
# as the shipped model, but by the faster solver, which gives the same labels
REPORTED := --group thread --min-count 2 --decide probable --solver coordinate --targets corpus/targets.ndjson
.PHONY: report
report: $(OUT)/stance ## cross-validate on our corpus into eval/results, twenty minutes: the same bytes every time
	$(OUT)/stance eval -o /dev/null --cv 5 $(REPORTED) \
		--by register --by subject --by date:year --learning-curve 0.25,0.5 \
		--errors 40 --show-text \
		--annotations corpus/annotations/a1.ndjson --annotations corpus/annotations/a2.ndjson \
		--report $(REPORT) $(TRAINED_ON)
	$(OUT)/stance eval --json -o $(REPORT)/threads.json --cv 5 --whole-threads $(REPORTED) $(TRAINED_ON)

# --- The shipped model, its card, and the linters ---
.PHONY: model
model: $(OUT)/stance ## train the shipped model: the same bytes every time
	$(OUT)/stance train -o $(SHIPPED_MODEL) --min-count 2 --decide probable --targets corpus/targets.ndjson $(TRAINED_ON)

.PHONY: card
card: $(OUT)/stance ## write model/CARD.md: the test part scored anew, the rest from eval/results
	eval/model-card --stance $(OUT)/stance

.PHONY: lint
lint: ## format, static analysis, scripts, layers
	clang-format-14 --dry-run -Werror $$(git ls-files '*.c' '*.h')
	cppcheck -q --std=c11 --error-exitcode=1 --inline-suppr --suppress=missingIncludeSystem --suppress=ctuuninitvar \
		--enable=warning,portability -Iinclude -Isrc src
	shellcheck -S warning $$(git ls-files | xargs grep -lE '^#!(/bin/sh|/usr/bin/env bash)')
	mandoc -Tlint -Wwarning doc/stance.1
	scripts/check-layers

# --- Tools of the tests: tests/tools/NAME.c, one program each, linked like a unit test ---
TOOLS := $(patsubst tests/tools/%.c,$(OUT)/tools/%,$(sort $(wildcard tests/tools/*.c)))

$(OUT)/tools/%: $(OBJ)/tests/tools/%.o $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(DEP_LIBS)

.PHONY: tools
tools: $(TOOLS) ## build the tools that tests and benchmarks use

# --- What takes minutes: tests/slow/NAME.c, and scripts beside them (tests/slow.sh) ---
SLOW := $(patsubst tests/slow/%.c,$(OUT)/slow/%,$(sort $(wildcard tests/slow/*.c)))

$(OUT)/slow/%: $(OBJ)/tests/slow/%.o $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(DEP_LIBS)

.PHONY: check-slow
check-slow: $(OUT)/stance $(OUT)/unit/test_html $(TOOLS) $(SLOW) ## run the simulations and other tests that take minutes
	@tests/slow.sh $(OUT)

CORPUS ?= corpus/gold/dev.ndjson
TEST ?=
.PHONY: margins
margins: $(OUT)/tools/margins ## CORPUS=FILE TEST=FILE: hold a model's margins against libsvm's
	$(OUT)/tools/margins $(CORPUS) $(TEST)

# --- Figures: ours and those of other programs, on the same rows and folds: eval/README.md ---
# BENCH_FLAGS=--quick for a rehearsal; STANCE_DATA names the data that others made.
BENCH_FLAGS ?=
.PHONY: bench-accuracy
bench-accuracy: $(OUT)/stance ## STANCE_DATA=DIR: measure accuracy beside peers, into eval/results
	eval/bench-accuracy --stance $(OUT)/stance $(BENCH_FLAGS)

# BENCH_FLAGS="-n 20000 --runs 1" for a rehearsal
.PHONY: bench
bench: $(OUT)/stance ## STANCE_DATA=DIR: measure the speed of classify beside zcat and peers, into eval/results/speed.tsv
	eval/bench-speed --stance $(OUT)/stance $(BENCH_FLAGS)

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## this list
	@grep -hE '^[a-z.-]+:.*##' Makefile | sed 's/:.*## /\t/' | sort

.SECONDARY:
-include $(shell find build/obj/$(CONFIG) -name '*.d' 2>/dev/null)
