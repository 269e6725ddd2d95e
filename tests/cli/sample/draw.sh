# From a dump to an audit: simple and by strata; the same bytes again, for any number of threads and
# in any packing; what the annotator sees; what is no comment is counted.
seq 60 | awk '{ printf "{\"id\":\"c%d\",\"thread\":\"t%d\",%s\"author\":\"u%d\",\"date\":\"2024-0%d-1%dT08:00\",\"site\":\"%s\",\"text\":\"%s\"}\n",
    $1, $1 / 6, ($1 % 6 ? "\"parent\":\"c" $1 - 1 "\"," : ""), $1 % 9, 1 + $1 % 3, $1 % 9, ($1 % 4 ? "forum" : "presse"),
    ($1 % 10 ? "ligne " $1 : "[deleted]") }' >dump
echo '{"thread":"t1","title":"Un titre","summary":"Un résumé"}' >articles
echo '{"id":"ban","statement":"Il faut l’interdire.","labels":{"favor":{"fr":"pour"},"against":{},"none":{}}}' >targets
draw() { "$STANCE" sample --targets targets "$@"; }
draw -n 5 -o simple dump --articles articles
sed 's/"targets":.*"rows"/"targets":…,"rows"/; s/"check":"[0-9a-f]*"/"check":…/' simple
gzip -c dump >dump.gz
draw -q -n 5 -o again -j 3 --articles articles dump.gz && cmp simple again && echo same
draw -n 5 -o piped <(cat dump) 2>&1 | grep again
tac dump >turned
draw -q -n 5 -o again --articles articles turned && cmp simple again && echo same
draw -q -n 5 -o other --seed 2 dump && cmp -s simple other || echo others
strata() { grep -o '"strata":\[.*\],"batches"' "$1" | tr '{' '\n' | cut -d , -f 1-3 | tail -n +2; }
draw -q -n 12 --by site -o sites dump && strata sites
draw -q -n 12 --by site --allocate equal -o sites dump && strata sites
draw -q -n 12 --by month --by site --min-per-stratum 1 -o both dump && strata both
draw -q -n 24 --by week -o weeks dump && strata weeks | head -n 3
draw -q -n 100 -o all dump && grep -c '"sample_prob":1,' all
sed 's/site/rubrique/; 1s/"rubrique":"[a-z]*",//' dump >rub
draw -q -n 6 --by rubrique -o some rub && strata some
