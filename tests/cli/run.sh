#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Scenarios of the command line.
#
#   tests/cli/run.sh [--update] PROGRAM [TOPIC/NAME]...
#
# tests/cli/TOPIC/NAME.sh is run by bash in a scratch folder of its own, standard input
# empty, with $STANCE (the program), $DATA (tests/data) and $ROOT set and LC_ALL=C. Beside
# it may stand what is expected: NAME.stdout and NAME.stderr (nothing where they are
# missing), NAME.exit (0), or, instead of NAME.stderr, NAME.stderr.grep: lines that must
# each occur as they are somewhere in stderr. A scenario that exits 77 could not be run
# here; the first line of its stderr says why. --update writes down what happened instead.
set -u
update=false
[ "${1-}" = --update ] && update=true && shift
[ $# -ge 1 ] || { echo "usage: $0 [--update] PROGRAM [TOPIC/NAME]..." >&2; exit 2; }
STANCE=$(realpath "$1") || exit 2
shift
ROOT=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
DATA=$ROOT/tests/data
export STANCE ROOT DATA LC_ALL=C
unset STANCE_MODEL LANGUAGE
here=$ROOT/tests/cli
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 skipped=0

# Expected file or nothing, against what happened.
same() {
    [ -e "$1" ] || set -- /dev/null "$2"
    diff -u --label expected --label got "$1" "$2" | sed 's/^/#   /'
    return "${PIPESTATUS[0]}"
}

expect() {
    local base=$1 line ok=0
    same "$base.stdout" "$work/stdout" || ok=1
    if [ -e "$base.stderr.grep" ]; then
        while IFS= read -r line; do
            grep -qF -e "$line" "$work/stderr" && continue
            echo "#   not on stderr: $line"
            ok=1
        done <"$base.stderr.grep"
        [ $ok = 0 ] || sed 's/^/#   stderr: /' "$work/stderr"
    else
        same "$base.stderr" "$work/stderr" || ok=1
    fi
    same "$base.exit" "$work/exit" || ok=1
    return $ok
}

# Keeps a file only where there is something to say.
keep() {
    if [ -s "$2" ]; then cp "$2" "$1"; else rm -f "$1"; fi
}

run() {
    local name=$1 base=$here/$1 status
    rm -rf "$work/scratch" && mkdir "$work/scratch"
    (cd "$work/scratch" && timeout 120 bash "$base.sh") \
        </dev/null >"$work/stdout" 2>"$work/stderr"
    status=$?
    if [ $status = 77 ]; then
        echo "skip $name: $(head -n 1 "$work/stderr")"
        skipped=$((skipped + 1))
        return
    fi
    if [ $status = 0 ]; then : >"$work/exit"; else echo $status >"$work/exit"; fi
    if $update; then
        keep "$base.stdout" "$work/stdout"
        [ -e "$base.stderr.grep" ] || keep "$base.stderr" "$work/stderr"
        keep "$base.exit" "$work/exit"
    fi
    if expect "$base" >"$work/diff"; then
        echo "ok $name"
        passed=$((passed + 1))
    else
        echo "not ok $name"
        cat "$work/diff"
        failed=$((failed + 1))
    fi
}

if [ $# = 0 ]; then
    mapfile -t names < <(cd "$here" && printf '%s\n' */*.sh | sort)
else
    names=("$@")
fi
for name in "${names[@]}"; do
    run "${name%.sh}"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
