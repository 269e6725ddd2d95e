# Compressed files: whole, in several members, cut off, damaged.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
lines=$(($(wc -l <"$corpus") / 2))
{ head -n $lines "$corpus" | gzip; tail -n +$((lines + 1)) "$corpus" | gzip; } >members.gz
gzip -c "$corpus" >whole.gz
try() {
    "$STANCE" "$@" 2>&1 >/dev/null | sed -E 's/[0-9]+ bytes/N bytes/; s/(byte) [0-9]+.*/\1 N …/'
    echo "exit ${PIPESTATUS[0]}"
}
for file in whole.gz members.gz; do
    "$STANCE" train -q -o n $file
    cmp m n && echo "$file: same model"
done
"$STANCE" classify -q -m m "$corpus" >a
"$STANCE" classify -q -m m members.gz | cmp - a && echo same labels
head -c -20 whole.gz >cut.gz
head -c -20 members.gz >cut2.gz
head -c 5 whole.gz >short.gz
{ head -c 200 whole.gz; printf XXXX; tail -c +205 whole.gz; } >damaged.gz
{ cat whole.gz; echo junk; } >tail.gz
for file in cut cut2 short damaged tail; do
    try train -q -o n $file.gz
    try classify -q -m m $file.gz
    try eval -q -m m $file.gz
done
