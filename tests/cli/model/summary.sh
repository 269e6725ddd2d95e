# Notes and counts go to stderr, and -q drops them.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
printf '%s\n' '{"text":"il faut interdire"}' '{"text":""}' 'junk' >in
"$STANCE" classify -q -m m in | wc -l
"$STANCE" classify -m m in >/dev/null
