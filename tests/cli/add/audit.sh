# Of an audit the comments drawn at random are not trained on unless asked, wherever it is named;
# eval reads all that are labelled.
corpus=$ROOT/tests/cli/tiny.ndjson
rows() { # PURPOSE FROM TO
    for i in $(seq "$2" "$3"); do
        printf '{"id":"o%s","thread":"o%s","text":"%s numero %s","purpose":"%s","stance":{"ban":"%s"}}\n' \
            $i $((i / 2)) "$([ $((i % 2)) = 0 ] && echo topissime || echo nullissime)" $i "$1" \
            "$([ $((i % 2)) = 0 ] && echo favor || echo against)"
    done
}
manifest='{"stance_audit":1}'
{ echo "$manifest"; rows estimate 1 8; rows train 9 20; } >audit
{ echo "$manifest"; rows estimate 1 8; } >estimate
rows train 9 20 >own
rows any 1 20 >all
quick=(--folds 2 --grid 0.5 --word-share 0.3 --add-share 1)
"$STANCE" train -o left "${quick[@]}" "$corpus" --add audit 2>&1 | grep audit
"$STANCE" train -q -o want "${quick[@]}" "$corpus" --add own
cmp left want && echo same
"$STANCE" train -o taken "${quick[@]}" "$corpus" --add audit --train-on-audit 2>&1 | grep audit
"$STANCE" train -q -o want "${quick[@]}" "$corpus" --add all
cmp taken want && echo same
"$STANCE" train -q -o left "${quick[@]::4}" "$corpus" audit
"$STANCE" train -q -o want "${quick[@]::4}" "$corpus" own
cmp left want && echo same
"$STANCE" train -q -o none "${quick[@]}" "$corpus" --add estimate
echo "exit $?"
"$STANCE" train -q -o none "${quick[@]}" "$corpus" --add estimate --train-on-audit
echo "exit $?"
"$STANCE" eval -q -m want audit --resamples 0 | grep -m 1 rows
"$STANCE" eval -q --cv 2 "${quick[@]}" --resamples 0 --tsv "$corpus" --add audit >left
"$STANCE" eval -q --cv 2 "${quick[@]}" --resamples 0 --tsv "$corpus" --add own | cmp - left && echo same
"$STANCE" classify -q -m want audit | wc -l
