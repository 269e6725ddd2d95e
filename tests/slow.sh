#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs what takes minutes: tests/slow.sh OUT, with OUT the folder of the build. Of tests/slow,
# NAME.c is run as OUT/slow/NAME and every other executable as it is, with OUT as its argument.
# Each prints a line "ok …", "not ok …" or "skip …" per test, "# …" for what is only progress.
# The last line is "N passed, N failed" (", N skipped").
set -u
cd "$(dirname "$0")/.." || exit 2
out=${1:?usage: tests/slow.sh OUT}
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
passed=0 failed=0 skipped=0

one() {
    local status bad
    echo "# $1"
    "$@" | tee "$log"
    status=${PIPESTATUS[0]}
    bad=$(grep -c '^not ok' "$log")
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || { bad=1; echo "not ok $1: exit $status"; }
    passed=$((passed + $(grep -c '^ok' "$log")))
    skipped=$((skipped + $(grep -c '^skip' "$log")))
    failed=$((failed + bad))
}

for t in tests/slow/*; do
    name=${t##*/}
    case $name in
    *.c) one "$out/slow/${name%.c}" ;;
    *) if [ -f "$t" ] && [ -x "$t" ]; then one "$t" "$out"; fi ;;
    esac
done

if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
