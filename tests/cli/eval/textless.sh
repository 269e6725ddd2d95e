# A gold of labels alone will do for predictions, and for nothing that reads texts.
printf 'id,target,label\na,ban,favor\nb,ban,against\nc,ban,none\n' >gold.csv
printf '{"id":"a","stance":{"ban":"favor"}}\n{"id":"b","stance":{"ban":"against"},"text":""}\n{"id":"c","stance":{"ban":"none"},"text":"[deleted]"}\n' >gold.ndjson
printf 'id,target,label\na,ban,favor\nb,ban,favor\nc,ban,none\n' >one.csv
sed 's/b,ban,favor/b,ban,against/' one.csv >two.csv
for gold in gold.csv gold.ndjson; do
    "$STANCE" eval -q --resamples 0 --pred one.csv --gold $gold | sed '/^ban/,$d'
    "$STANCE" eval -q --resamples 0 --pred one.csv --gold $gold | grep -E '^  (predictions|majority|length)'
    "$STANCE" compare -q --resamples 0 $gold one.csv two.csv | sed -n '/^difference/,/^$/p'
done
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
"$STANCE" eval -q -m m gold.csv 2>&1
echo "exit $?"
"$STANCE" eval -q --cv 2 gold.ndjson 2>&1
echo "exit $?"
