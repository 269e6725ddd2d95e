# As gzip: whole, several frames, cut off.
command -v zstd >/dev/null || { echo "needs zstd" >&2; exit 77; }
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
lines=$(($(wc -l <"$corpus") / 2))
zstd -qc "$corpus" >whole.zst
{ head -n $lines "$corpus" | zstd -qc; tail -n +$((lines + 1)) "$corpus" | zstd -qc; } >frames.zst
for file in whole.zst frames.zst; do
    "$STANCE" train -q -o n $file
    cmp m n && echo "$file: same model"
done
head -c -20 whole.zst >cut.zst
for command in 'train -q -o n' 'classify -q -m m' 'eval -q -m m'; do
    "$STANCE" $command cut.zst 2>&1 >/dev/null | sed -E 's/[0-9]+ bytes/N bytes/'
    echo "exit ${PIPESTATUS[0]}"
done
