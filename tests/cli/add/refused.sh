# What cannot be added, and what is in both.
corpus=$ROOT/tests/cli/tiny.ndjson
own() { for i in 1 2 3 4 5 6; do
    echo '{"id":"o'$i'","text":"numero '$i' '$1'","target":"ban","label":"'$([ $((i % 2)) = 0 ] && echo favor || echo "$1")'"}'
done; }
try() {
    "$STANCE" "$@" 2>&1 | sed "s:$ROOT/::" | grep -vE '^reading|^ |^Try' | grep -E '^stance|both|near-dup|folds'
    echo "exit ${PIPESTATUS[0]}"
}
own against >good
sed 's/,"target".*/}/' good >bare
own favor >alike
{ cat alike; sed 's/"favor"/"against"/; s/"ban"/"other"/; s/"id":"o/"id":"p/' alike; } >one-each
head -n 4 good >few
{ cat good; head -n 1 "$corpus" | sed 's/"target":"ban"/"target":"other"/'; } >both
{ cat good; head -n 1 "$corpus" | sed 's/absurde/autre/; s/"target":"ban"/"target":"other"/'; } >another
quick=(-o m --folds 5 --grid 0.5 --word-share 0.3 --add-share 1)
try train "${quick[@]}" "$corpus" --add good
try train "${quick[@]}" "$corpus" --add good --add bare
try train "${quick[@]}" "$corpus" --add alike
try train "${quick[@]}" "$corpus" --add one-each
try train "${quick[@]}" "$corpus" --add few
try train "${quick[@]}" "$corpus" --add both
try train "${quick[@]}" "$corpus" --add another
try train "${quick[@]}" "$corpus" --add good --add "$corpus" --add-share 0.5,2
try train -o m "$corpus" --add-share 0.5
try train -o m "$corpus" --add missing
try eval -m m "$corpus" --add good
