# The report is printed, then the answer is no.
corpus=$ROOT/tests/cli/tiny.ndjson
grep -v '"label":"favor"' "$corpus" | sed 's/against/favor/' >wrong
"$STANCE" train -q -o m "$corpus"
"$STANCE" eval -q -m m --min-macro-f1 0.5 wrong | wc -l | grep -qx 0 && echo no report
echo "exit ${PIPESTATUS[0]}"
"$STANCE" eval -q -m m --min-macro-f1 0.5 "$corpus" >/dev/null
echo "exit $?"
