# An audit is enlarged: what it has stays, all probabilities are those of the larger sample; another
# dump and an edited file are refused, and nothing is touched.
seq 200 | awk '{ printf "{\"id\":\"c%d\",\"thread\":\"t%d\",\"text\":\"ligne %d\"}\n", $1, $1 / 6, $1 }' >dump
echo '{"id":"ban","labels":{"favor":{},"against":{},"none":{}}}' >targets
draw() { "$STANCE" sample -q "$@"; echo "exit $?"; }
ids() { tail -n +2 "$1" | grep -o '"id":"[^"]*"'; }
draw --targets targets -n 20 -o a dump
cp a before
draw --extend a -n 10 dump
draw --targets targets -n 30 -o whole dump
ids a | head -n 20 | cmp - <(ids before) && echo kept
cmp <(ids a | sort) <(ids whole | sort) && echo same
grep -o '"batches":\[[^]]*\]' a
grep -c '"sample_prob":0.15,' a
draw --extend before -n 5 -o b dump
grep -c '"sample_prob":0.125,' b
cmp <(head -n 1 a | grep -o '"audit":"[^"]*"') <(head -n 1 b | grep -o '"audit":"[^"]*"') && echo one drawing
cp a kept
head -n 199 dump >shorter
sed '7s/ligne/Ligne/' dump >changed
draw --extend a -n 5 shorter
draw --extend a -n 5 changed
sed 's/"sample_prob":0.15/"sample_prob":0.25/' a >edited
draw --extend edited -n 5 dump
sed 4d a >lost
draw --extend lost -n 5 dump
draw --extend dump -n 5 dump
draw --extend a -n 5 --by thread dump
draw --extend a -n 5 missing
cmp a kept && echo untouched
