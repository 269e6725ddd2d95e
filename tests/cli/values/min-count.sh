# A model forgets the n-grams that too few comments have, says so, and is refused where none is left.
for n in 1 2 10; do
    "$STANCE" train -q -o m$n --min-count $n "$ROOT/tests/cli/tiny.ndjson" || exit
    "$STANCE" info m$n | sed -n 's/^features: \([0-9]*\).*/\1/p; s/.*\(in at least .*\)/\1/p'
done
[ "$(stat -c %s m10)" -lt "$(stat -c %s m1)" ] && echo smaller
"$STANCE" train -q -o none --min-count 1000 "$ROOT/tests/cli/tiny.ndjson"
echo "exit $?, $(ls none 2>/dev/null)"
