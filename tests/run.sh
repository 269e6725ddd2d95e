#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs every test of one build and counts them: tests/run.sh OUT, with OUT the folder of the
# build (build, build/asan). Quiet about what passes; the last line is
# "N passed, N failed" (", N skipped" where some could not be run here).
set -u
cd "$(dirname "$0")/.." || exit 2
out=${1:?usage: tests/run.sh OUT}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

# A program of cmocka tests; one that dies early fails by as many as did not run.
unit() {
    local n ok skip status
    "$1" >"$work/log" 2>&1
    status=$?
    n=$(sed -n 's/^\[=*\] Running \([0-9]*\) test(s).*/\1/p' "$work/log" | head -n 1)
    ok=$(grep -c '^\[       OK \]' "$work/log")
    skip=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test(s).*/\1/p' "$work/log")
    : "${n:=1}" "${skip:=0}"
    n=$((n - skip))
    skipped=$((skipped + skip))
    [ "$skip" -eq 0 ] || grep '^skip' "$work/log" || echo "skip $1: $skip of its tests"
    [ "$status" -eq 0 ] || [ "$ok" -lt "$n" ] || n=$((ok + 1))
    passed=$((passed + ok))
    failed=$((failed + n - ok))
    [ "$ok" -eq "$n" ] || { echo "not ok $1"; sed 's/^/#   /' "$work/log"; }
}

# A command that is one test: run NAME COMMAND...
run() {
    local name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not ok $name"
        sed 's/^/#   /' "$work/log"
    fi
}

# A script that prints a line "ok …", "not ok …" or "skip …" per test.
lines() {
    local name=$1 status bad
    shift
    "$@" >"$work/log" 2>&1
    status=$?
    bad=$(grep -c '^not ok' "$work/log")
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + $(grep -c '^ok' "$work/log")))
    skipped=$((skipped + $(grep -c '^skip' "$work/log")))
    failed=$((failed + bad))
    [ "$bad" -eq 0 ] || { echo "not ok $name"; sed 's/^/#   /' "$work/log"; }
    grep '^skip' "$work/log"
}

for t in "$out"/unit/test_*; do
    [ -x "$t" ] && unit "$t"
done
for t in "$out"/fuzz/replay_*; do
    name=${t##*/replay_}
    [ -x "$t" ] && run "stored fuzz inputs: $name" "$t" "tests/fuzz/seeds/$name"
done
lines "command line" tests/cli/run.sh "$out/stance"
lines "screens of stance label" tests/tmux/run "$out/stance"
run "man page and options" scripts/check-docs "$out/stance"
# the examples build and install the program themselves, so once is enough
[ "$out" != build ] || lines "examples of the documents" scripts/check-examples "$out/stance"
run "rooms and what they include" scripts/check-layers
run "margins equal libsvm's" "$out/tools/margins" corpus/gold/dev.ndjson
lines "figures equal scikit-learn's" tests/sklearn/metrics.py "$out/tools/figures"
lines "worked examples of shares" tests/numpy/prevalence.py
# other programs compute the same from what either build writes, so once is enough
[ "$out" != build ] || lines "shares computed again" tests/recompute/run "$out/stance"
run "gold labels from annotations" scripts/corpus-gold --check
run "corpus" scripts/corpus-check --quiet
lines "what corpus-check refuses" tests/corpus/run
lines "benchmarks" tests/bench/run "$out/stance"
run "results of the README" eval/readme-table --check
# the program under sanitizers would take minutes for the same card
[ "$out" != build ] || run "card of the model" eval/model-card --check --stance "$out/stance"

if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
