# -t and --prefix mean what they mean for eval --pred: systems that said nothing of the other
# target can be compared, and columns behind a prefix are read.
sed -E 's/"target":"ban","label":"([a-z]*)"/"stance":{"ban":"\1","spying":"\1"}/' \
    "$ROOT/tests/cli/tiny.ndjson" >gold
sed -E 's/,"spying":"[a-z]*"//' gold >ban
"$STANCE" train -q -o m gold
"$STANCE" classify -q -m m -t ban --output csv gold >one
"$STANCE" classify -q -m m --long gold >both
"$STANCE" classify -q -m m --prefix my_ --output csv gold >my
try() {
    "$STANCE" compare -q --resamples 0 "$@" >report 2>err
    echo "exit $?"
    cat err
    sed -n '2p; /left out/p' report
}
try gold one both
try gold one both -t ban
try gold both one --target ban --target spying
try gold my both
try gold my both --prefix my_
try gold my both --prefix my_ -t spying
try gold one both -t taxes
# as gold that never had the other
cmp <("$STANCE" compare -q -t ban --json gold one one) <("$STANCE" compare -q --json ban one one)
