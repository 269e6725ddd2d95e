# Figures per value of a field, in every form; a field that nobody has is named.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
sed '/"1favor"/!s/^{/{"city":"Nice",/; /against/s/"Nice"/"Brest"/' "$ROOT/tests/cli/tiny.ndjson" >gold
"$STANCE" eval -q -m m --resamples 50 --by city --by thread gold | sed -n '/^by city/,/^$/p'
"$STANCE" eval -q -m m --resamples 50 --by city --tsv gold | cut -f 1-2 | sort -u
"$STANCE" eval -q -m m --resamples 50 --by city --json gold | grep -o '"field": [^,]*, "value": [^,]*'
for option in by group; do
    "$STANCE" eval -q -m m --$option street gold >report
    echo "exit $?"
    wc -c <report
done
