# Predictions about some targets only can be judged where these are named, and not otherwise;
# -t is one restriction in all three ways.
sed -E 's/"target":"ban","label":"([a-z]*)"/"stance":{"ban":"\1","spying":"\1"}/
    1,4s/"spying":"against"/"spying":"none"/' "$ROOT/tests/cli/tiny.ndjson" >gold
sed -E 's/,"spying":"[a-z]*"//' gold >ban
"$STANCE" train -q -o m gold
"$STANCE" classify -q -m m -t ban --output csv gold >pred
"$STANCE" classify -q -m m --long gold >both
try() {
    "$STANCE" eval -q --resamples 0 "$@" >report 2>err
    echo "exit $?"
    cat err
    grep '^- .*left out' report
}
rows() { awk -F '\t' '$6 == "accuracy" && $5 == "judged" { print $3, $8 }'; }
try --pred pred --gold gold
try --pred pred --gold gold -t ban
try --pred both --gold gold
try --pred both --gold gold -t ban
"$STANCE" eval -q --resamples 0 --pred both --gold gold -t ban --tsv | rows
"$STANCE" eval -q --resamples 0 --pred both --gold gold -t ban -t spying --tsv | rows
# as gold that never had the others
"$STANCE" eval -q -m m -t ban gold --json | cmp - <("$STANCE" eval -q -m m ban --json)
"$STANCE" eval -q --cv 3 -t ban gold --json | cmp - <("$STANCE" eval -q --cv 3 ban --json)
# a file without targets is about the only one that is left
cut -d , -f 1,4 pred | sed '1s/ban/label/' >bare
try --pred bare --gold gold
try --pred bare --gold gold --target ban
# names
try -m m -t taxes gold
try -m m -t ban -t ban gold
try -m m -t '' gold
# comments that the gold does not have are no less unknown
sed 's/^{"id":"1favor"/{"id":"other"/' both >unknown
try --pred unknown --gold gold -t ban
