# A reader that leaves early ends the program by SIGPIPE, quietly.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
(for i in $(seq 2000); do cat "$corpus"; done) | "$STANCE" classify -q -m m | head -n 1 | wc -l
echo "${PIPESTATUS[1]}"
