# A corpus and comments of another domain: what is told, what the model says of itself, and the
# same bytes whatever the order of rows and files and the number of threads.
corpus=$ROOT/tests/cli/tiny.ndjson
for i in $(seq 12); do
    printf '{"id":"o%s","thread":"o%s","text":"%s numero %s","target":"%s","label":"%s"}\n' \
        $i $((i / 2)) "$([ $((i % 2)) = 0 ] && echo topissime || echo nullissime)" $i \
        "$([ $((i % 3)) = 0 ] && echo other || echo ban)" \
        "$([ $((i % 2)) = 0 ] && echo favor || echo against)"
done >own
quick=(--folds 3 --grid 0.5 --word-share 0.3 --add-share 0.5,1)
"$STANCE" train -o m "${quick[@]}" "$corpus" --add own 2>notes
sed -E 's/checksum .*/checksum/; s:/[^ ]*/::' notes
"$STANCE" info m | grep -E 'added|add_share|0\.3\.'
"$STANCE" info --json m | tr ',' '\n' | grep -E 'add' | tr '\n' ' '
echo
head -n 5 own >first
tail -n +6 own | sort -r >second
sort -r "$corpus" >upside-down
"$STANCE" train -q -j 1 -o n "${quick[@]}" --add second upside-down --add first
cmp m n && echo same model
"$STANCE" train -q -j 3 --solver coordinate -o c "${quick[@]}" "$corpus" --add own
"$STANCE" train -q -j 1 --solver coordinate -o d "${quick[@]}" --add first --add second upside-down
cmp c d && echo same model by descent
echo '{"id":"x","text":"une chose nullissime","target":"nouveau"}' |
    "$STANCE" classify -q -m m --long --target-field target --allow-unseen
