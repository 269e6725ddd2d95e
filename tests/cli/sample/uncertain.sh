# Comments that a model is unsure of come besides, marked as drawn for training, none of them drawn
# at random; strata may be what it predicts.
"$STANCE" train -q -o m --folds 3 --grid 0.5 --word-share 0.3 "$ROOT/tests/cli/tiny.ndjson"
seq 300 | awk '{ w = $1 % 11 ? ($1 % 2 ? "censure absurde" : "il faut interdire cet espion") : "peut etre";
    printf "{\"id\":\"c%d\",\"thread\":\"t%d\",\"text\":\"%s numero %d\"}\n", $1, $1 / 6, w, $1 }' >dump
draw() { "$STANCE" sample -q "$@"; echo "exit $?"; }
draw -m m -n 20 --uncertain 10 -o a dump
draw -m m -n 20 --uncertain 10 -o b -j 3 dump
cmp a b && echo same
grep -o '"batches":\[[^]]*\]' a
tail -n +2 a | grep -c '"purpose":"train","batch":1,"check"'
tail -n +2 a | grep '"purpose":"train"' | grep -c 'peut etre'
tail -n +2 a | grep -o '"id":"[^"]*"' | sort | uniq -d
grep -c '"model":"[0-9a-f]*"' a
draw -m m -n 20 --by predicted:ban --uncertain 3 -o p dump
grep -o '"by":\[[^]]*\]' p
grep -o '"strata":\[[^]]*\]' p | tr '{' '\n' | cut -d , -f 1 | tail -n +2
draw -m m -n 20 --by predicted -t ban -o p dump
grep -o '"by":\[[^]]*\]' p
"$STANCE" train -q -o other --folds 3 --grid 0.25 --word-share 0.3 "$ROOT/tests/cli/tiny.ndjson"
draw --extend p -n 5 -m other dump
draw -m m -n 20 --by predicted:nope -o p dump
echo '{"id":"new","labels":{"favor":{},"against":{}}}' >targets
draw --targets targets -n 20 --by predicted -o p dump
