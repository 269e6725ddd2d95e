# Needs --cv, parts in order, and changes nothing else of the report.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
for parts in '' x 0 1 0.5,0.25 '0.5,'; do
    "$STANCE" eval -q --cv 2 --learning-curve "$parts" "$corpus" >out
    echo "exit $? for '$parts'"
done
"$STANCE" eval -q -m m --learning-curve 0.5 "$corpus"
echo "exit $?"
"$STANCE" eval -q --cv 2 --folds 2 --resamples 0 --learning-curve 0.5,0.75 "$corpus" >with
"$STANCE" eval -q --cv 2 --folds 2 --resamples 0 "$corpus" >without
# which rows a part has, and how well it does, is the business of folds
diff without with | grep '^[<>]' | cut -c 1-20 | sed 's, *$,,'
