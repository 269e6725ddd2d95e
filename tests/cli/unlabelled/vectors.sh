# Word vectors from a dump without labels: said what was read, chosen by held-out log loss, the same
# model whatever the order and the number of files and threads, and what is refused.
corpus=$ROOT/tests/cli/tiny.ndjson
awk 'BEGIN { srand(5); for (i = 0; i < 900; i++) { s = i % 3; t = "";
    for (k = 0; k < 12; k++) t = t " " substr("abc", s + 1, 1) int(rand() * 40) "x";
    printf "{\"id\":\"u%d\",\"text\":\"il faut%s interdire\"}\n", i, t } }' >dump.ndjson
head -n 450 dump.ndjson >one.ndjson
tail -n +451 dump.ndjson | gzip >two.ndjson.gz
"$STANCE" train -o m --unlabelled dump.ndjson "$corpus" 2>&1 | grep -E 'dump|word vectors|vectors 0|^words' |
    sed -E 's/C [0-9.]+ [0-9.]+/C/g; s/macro-F1.*//'
"$STANCE" train -q -j 3 -o n --unlabelled two.ndjson.gz --unlabelled one.ndjson "$corpus" && cmp m n && echo same
"$STANCE" eval --cv 2 --folds 2 --unlabelled dump.ndjson "$corpus" 2>/dev/null | grep -c 'macro-F1'
refused() { "$STANCE" train -q -o refused "$@" "$corpus" 2>message; echo "exit $?, $(ls refused 2>/dev/null)"; head -n 1 message; }
refused --unlabelled missing.ndjson
refused --unlabelled - <dump.ndjson
head -n 2 dump.ndjson >few.ndjson
refused --unlabelled few.ndjson
printf 'no table at all' >bad.ndjson
refused --unlabelled bad.ndjson
