# Who solves: asked for, or by the memory there is; said where it was not asked for, kept in the
# model, the same labels, the same bytes with any number of threads.
corpus=$ROOT/corpus/gold/dev.ndjson
numberless() { sed -E 's/[0-9]+ (MiB|labelled)/N \1/g'; }
quick=(--folds 2 --grid 0.125,0.25,0.5)
"$STANCE" train -o libsvm "${quick[@]}" "$corpus" 2>&1 | grep -c matrices
"$STANCE" train -o descent "${quick[@]}" --solver coordinate "$corpus" 2>&1 | grep -c matrices
"$STANCE" train -o auto "${quick[@]}" --max-memory 70 -j 3 "$corpus" 2>&1 | grep matrices | numberless
cmp descent auto && echo same model
"$STANCE" info libsvm | grep -c solver:
"$STANCE" info descent | grep "solver: coordinate"
for m in libsvm descent; do
    "$STANCE" classify -q -m $m --long --output tsv "$ROOT/corpus/gold/test.ndjson" >$m.tsv
done
paste libsvm.tsv descent.tsv | awk -F '\t' '
    NR == 1 { for (i = 1; i <= NF / 2; i++) if ($i == "label") column = i; half = NF / 2; next }
    { n++; same += $column == $(column + half) }
    END { print (same >= 0.99 * n ? "labels, 99 % or more the same" : same " the same") }'
refused() { "$STANCE" train -q -o refused "$@" "$corpus" 2>&1 | head -n 1 | numberless; }
refused --max-memory 70 --solver libsvm
refused --max-memory 5
refused --solver liblinear
