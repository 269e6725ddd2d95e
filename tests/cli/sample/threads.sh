# Whole threads: every comment of those drawn, one probability for all; parents are among the rows.
seq 300 | awk '{ printf "{\"id\":\"c%d\",\"thread\":\"t%d\",%s\"text\":\"ligne %d\"}\n", $1, $1 / 6, ($1 % 6 ? "\"parent\":\"c" $1 - 1 "\"," : ""), $1 }' >dump
echo '{"id":"ban","labels":{"favor":{},"against":{},"none":{}}}' >targets
draw() { "$STANCE" sample -q --targets targets "$@"; echo "exit $?"; }
draw --threads -n 30 -o a dump
tail -n +2 a | grep -o '"cluster":"[^"]*"' | sort | uniq -c
grep -o '"sample_prob":[0-9.]*' a | sort -u | cut -c 1-20
tail -n +2 a | grep -c '"parent":{"text":'
"$STANCE" sample -q --extend a -n 12 dump
tail -n +2 a | grep -o '"cluster":"[^"]*"' | sort -u | wc -l
grep -o '"sample_prob":[0-9.]*' a | sort -u | wc -l
draw --threads -n 30 -o b - <dump
draw --threads -n 30 -o b <(cat dump)
draw --threads --by month -n 30 -o b dump
ls b 2>/dev/null
sed 's/"thread":"[^"]*",//' dump >loose
draw --threads -n 30 -o b loose
tail -n +2 b | wc -l
