# Columns behind a prefix are found where it is given, and asked for where it is not: the label
# beside them is the gold's.
gold=one.csv
printf '%s\n' id,text,target,label '1,il faut interdire,ban,favor' '2,censure absurde,ban,favor' >$gold
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
"$STANCE" classify -q -m m --prefix my_ $gold >pred
head -n 1 pred
try() {
    "$STANCE" eval -q --resamples 0 --pred pred --gold $gold "$@" --tsv 2>&1 |
        awk -F '\t' 'NF == 1; $4 == "predictions" && $6 == "accuracy" { print $6, $10 }'
    echo "exit ${PIPESTATUS[0]}"
}
try
try --prefix my_
try --prefix my
try --prefix your_
"$STANCE" classify -q -m m $gold >pred
try
try --prefix my_
try --prefix ''
"$STANCE" eval -q -m m --prefix my_ $gold
echo "exit $?"
