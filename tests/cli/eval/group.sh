# What is resampled as one: said in the first lines, and the width of intervals follows.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
sed '/"1favor"/!s/^{/{"city":"Nice",/; /against/s/"Nice"/"Brest"/' "$ROOT/tests/cli/tiny.ndjson" >gold
for group in thread id city; do
    "$STANCE" eval -q -m m --resamples 50 --group $group gold | grep -E ' groups? by |without|only'
done
"$STANCE" eval -q -m m --resamples 50 gold | grep ' by '
"$STANCE" eval -q -m m --resamples 50 --seed 7 gold | grep -A 1 seed
