# SPDX-License-Identifier: MIT
# One build file. Objects live in build/obj/CONFIG, so that configurations never mix:
# `make` is the release build; `make CONFIG=asan check` the same tests under sanitizers.

VERSION := 0.1.0
CONFIG ?= release
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
AR ?= ar
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
DEP_CFLAGS := $(LIBSVM_CFLAGS) $(shell $(PKG_CONFIG) --cflags $(PKGS))
DEP_LIBS := $(LIBSVM_LIBS) $(shell $(PKG_CONFIG) --libs $(PKGS)) -lpthread -lm

CPPFLAGS_ALL := -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 \
	-DSTANCE_VERSION='"$(VERSION)"' $(DEP_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL := -std=c11 $(WARN) $(FLAGS_$(CONFIG)) -fvisibility=hidden -fPIC -pthread \
	-ffp-contract=off $(CFLAGS)
LDFLAGS_ALL := $(FLAGS_$(CONFIG)) -pthread $(LDFLAGS)

# Everything but src/cli is the library; the program is src/cli on top of it.
LIB_SRC := $(sort $(wildcard src/base/*.c src/text/*.c src/corpus/*.c src/features/*.c \
	src/metrics/*.c src/model/*.c src/classify/*.c src/eval/*.c src/api/*.c))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(OBJ)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(OBJ)/%.o)
UNIT_HELP := $(patsubst %.c,$(OBJ)/%.o,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
UNIT := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: all
all: $(OUT)/stance ## build build/stance (the default)

$(OUT)/stance: $(CLI_OBJ) $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $(CLI_OBJ) $(OUT)/libstance.a $(DEP_LIBS)

$(OUT)/libstance.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(OBJ)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# Unit tests may look inside: they link the archive, where nothing is hidden.
$(OUT)/unit/%: $(OBJ)/tests/unit/%.o $(UNIT_HELP) $(OUT)/libstance.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(DEP_LIBS) -lcmocka -ljansson

.PHONY: unit
unit: $(UNIT) ## build and run the unit tests alone
	@for t in $(UNIT); do $$t || exit 1; done

# --- Fuzzing: tests/fuzz/fuzz_NAME.c, with stored inputs in tests/fuzz/seeds/NAME ---
# `make replay` needs no clang; `make CONFIG=fuzz CC=clang fuzz` searches for new inputs.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
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

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | sort

.SECONDARY:
-include $(shell find build/obj/$(CONFIG) -name '*.d' 2>/dev/null)
