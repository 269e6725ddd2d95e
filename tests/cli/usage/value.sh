# Values missing, not wanted, or empty.
try() {
    "$STANCE" "$@" 2>&1
    echo "exit $?"
}
try train -o
try train --output-file
try train --output-file=
try train -o ''
try train --seed=
try classify --target ''
try classify --probs=yes
try classify --quiet=
try explain --text
