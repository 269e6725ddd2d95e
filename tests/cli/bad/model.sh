# What is no model, or no longer one, is exit 4 for every command that needs one.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
size=$(wc -c <m)
head -c 20 m >short
head -c $((size - 1)) m >cut
{ cat m; printf x; } >longer
{ head -c 3000 m; printf '\377\377\377\377'; tail -c +3005 m; } >damaged
{ head -c 8 m; printf '\003\000'; tail -c +11 m; } >newer
head -c "$size" /dev/zero >zeros
sed 's/$/\r/' m >mangled
: >empty
cp "$corpus" corpus.ndjson
for file in short cut longer damaged newer zeros mangled empty corpus.ndjson; do
    "$STANCE" classify -q -m $file "$corpus" 2>&1 | sed -E 's/1[0-9]{4}/N/g'
    echo "exit ${PIPESTATUS[0]}"
    "$STANCE" eval -q -m $file "$corpus" >/dev/null 2>&1
    echo -n "$? "
    "$STANCE" info $file >/dev/null 2>&1
    echo -n "$? "
    "$STANCE" explain -m $file >/dev/null 2>&1
    echo "$?"
done
"$STANCE" classify -q -m m -t taxes "$corpus" 2>&1
echo "exit $?"
