# Cross-validation with --add: folds and figures are of the added comments alone, the corpus is
# trained on in each; what would tell a held-out comment is left out.
corpus=$ROOT/tests/cli/tiny.ndjson
for i in $(seq 12); do
    printf '{"id":"o%s","thread":"o%s","text":"%s numero %s","target":"%s","label":"%s"}\n' \
        $i $((i / 2)) "$([ $((i % 2)) = 0 ] && echo topissime || echo nullissime)" $i \
        "$([ $((i % 3)) = 0 ] && echo other || echo ban)" \
        "$([ $((i % 2)) = 0 ] && echo favor || echo against)"
done >own
sed '1s/"o0"/"t3"/' own >shared
quick=(--folds 2 --grid 0.5 --word-share 0.3 --add-share 0.5,1 --resamples 0)
"$STANCE" eval -q --cv 3 "${quick[@]}" --errors 2 "$corpus" --add own --predictions p | head -n 16
cut -f 1-3 p
"$STANCE" eval -q --cv 3 "${quick[@]}" "$corpus" --add shared --tsv -j 1 >one
"$STANCE" eval -q --cv 3 "${quick[@]}" --add shared "$corpus" --tsv -j 3 | cmp - one && echo same
"$STANCE" eval --cv 3 "${quick[@]}" "$corpus" --add shared 2>&1 | tr '\n' ' ' | tr -s ' ' |
    grep -oE '[0-9]+ comments of the corpus are [^:]*'
"$STANCE" eval -q --cv 3 "${quick[@]}" "$corpus" --add own -t other | grep -c spying
sed 's/"ban"/"else"/' "$corpus" >main
"$STANCE" eval -q --cv 3 "${quick[@]}" main --add own -t else
"$STANCE" eval -q --cv 7 "${quick[@]}" "$corpus" --add <(head -n 5 own)
