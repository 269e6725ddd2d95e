# With a share of 0 the corpus says nothing: what is trained is what the added comments alone give,
# label for label and digit for digit; so too where a gain from the corpus is not clear.
corpus=$ROOT/tests/cli/tiny.ndjson
for i in $(seq 30); do
    printf '{"id":"o%s","thread":"o%s","text":"%s numero %s %s","target":"%s","label":"%s"}\n' \
        $i $((i / 2)) "$([ $((i % 2)) = 0 ] && echo absurde || echo excellente)" $i \
        "$([ $((i % 5)) = 0 ] && echo bof || echo mardi)" \
        "$([ $((i % 3)) = 0 ] && echo other || echo mine)" \
        "$([ $((i % 7)) = 0 ] && echo none || { [ $((i % 2)) = 0 ] && echo favor || echo against; })"
done >own
echo '{"id":"bare","thread":"o2","text":"absurde, rien de plus"}' >>own
{ grep -v other own; cat "$corpus"; } | sed 's/"target":"[a-z]*",*//; s/"label":"[a-z]*"//; s/, *}/}/' |
    sed 's/"id":"\([^"]*\)"/"id":"\1","target":"mine"/' >asked
small=(--folds 3 --grid 0.25,0.5)
classify() { "$STANCE" classify -q -m "$1" --target-field target --long asked; }
"$STANCE" train -q -o plain "${small[@]}" own
"$STANCE" train -q -o none "${small[@]}" "$corpus" --add own --add-share 0
"$STANCE" train -o chosen "${small[@]}" "$corpus" --add own 2>notes
"$STANCE" train -o forced "${small[@]}" "$corpus" --add own --add-share 1 2>more
classify plain >want
grep -c . want
classify none | cmp - want && echo same
classify chosen | cmp - want && echo same
classify forced | cmp -s - want || echo others
grep -hE 'gain|not in the model' notes more
"$STANCE" info chosen | grep -E 'comments like|add|spying'
"$STANCE" train -o n "${small[@]}" "$corpus" --add own --add-share 0 2>&1 | grep -E '^[0-9]+ rows|no share'
