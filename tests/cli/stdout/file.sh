# -o FILE is whole or stays as it was, and no temporary is left.
corpus=$ROOT/tests/cli/tiny.ndjson
echo old >model
"$STANCE" train -q -o model missing
echo "exit $?" "$(cat model)"
"$STANCE" train -q -o . "$corpus"
echo "exit $?"
"$STANCE" train -q -o nowhere/model "$corpus"
echo "exit $?"
"$STANCE" train -q -o model "$corpus"
echo "exit $?"
"$STANCE" train -q -o - "$corpus" | cmp - model
"$STANCE" classify -q -m model -o labels "$corpus"
"$STANCE" classify -q -m model "$corpus" | cmp - labels
"$STANCE" train -q -o - "$corpus" >/dev/full
echo "exit $?"
ls
