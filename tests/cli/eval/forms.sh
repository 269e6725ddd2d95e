# No intervals, and figures as a table.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
sed '2s/favor/none/g; 5s/"label":"against"/"label":"favor"/' "$corpus" >gold
"$STANCE" eval -q -m m --resamples 0 gold
"$STANCE" eval -q -m m --resamples 20 --tsv gold >table
head -n 1 table
awk -F '\t' 'NF != 12 { print "line " NR ": " NF " columns" }' table
grep -P '\tmodel\tjudged\t(macro_f1|accuracy)\t' table
"$STANCE" eval -q -m m --resamples 0 --tsv gold | awk -F '\t' 'NR > 1 && ($11 != "" || $12 != "")'
for n in -1 1000001 many; do
    "$STANCE" eval -q -m m --resamples $n gold
    echo "exit $?"
done
