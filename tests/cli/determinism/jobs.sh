# The number of threads changes nothing: neither a model, nor labels, nor a report.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m -j 1 "$corpus"
for i in $(seq 100); do cat "$corpus"; printf 'junk\n\n'; done >dump
"$STANCE" classify -q -m m -j 1 --probs dump >labels
"$STANCE" eval -q -m m -j 1 "$corpus" >report
"$STANCE" eval -q --cv 3 -j 1 --json "$corpus" >cv
wc -l <dump
wc -l <labels
for jobs in 1 2 3 4 0; do
    "$STANCE" train -q -o n -j $jobs "$corpus"
    cmp m n || echo "model, $jobs jobs"
    "$STANCE" classify -q -m m -j $jobs --probs dump | cmp - labels || echo "labels, $jobs jobs"
    "$STANCE" classify -q -m m -j $jobs --probs -o again dump
    cmp again labels || echo "labels in a file, $jobs jobs"
    "$STANCE" eval -q -m m -j $jobs "$corpus" | cmp - report || echo "report, $jobs jobs"
    "$STANCE" eval -q --cv 3 -j $jobs --json "$corpus" | cmp - cv || echo "cv, $jobs jobs"
done
