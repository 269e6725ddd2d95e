# A reader that leaves early ends the program by SIGPIPE, without a word.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
for i in $(seq 500); do cat "$corpus"; done >big
"$STANCE" classify -q -m m big | head -n 1 | wc -l
echo "${PIPESTATUS[0]}"
"$STANCE" classify -q -m m -j 4 --output csv big | head -n 1
echo "${PIPESTATUS[0]}"
