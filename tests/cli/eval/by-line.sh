# Bare labels, one a line: by position, so only where that can be told.
corpus=$ROOT/tests/cli/tiny.ndjson
sed 's/.*"label":"\([a-z]*\)".*/__label__\1 0.9/' "$corpus" >right
"$STANCE" eval -q --resamples 0 --pred right --by-line --gold "$corpus" | sed -n '/predictions/p'
head -n 3 "$corpus" | "$STANCE" eval -q --resamples 0 --pred right --by-line --gold -
echo "exit $?"
sed '2s/.*//' right | "$STANCE" eval -q --resamples 0 --pred - --by-line --gold "$corpus"
echo "exit $?"
head -n 3 "$corpus" >one
tail -n +4 "$corpus" >two
"$STANCE" eval -q --resamples 0 --pred right --by-line --gold one --gold two
echo "exit $?"
"$STANCE" eval -q --by-line -m m "$corpus"
echo "exit $?"
