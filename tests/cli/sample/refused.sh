# What cannot be drawn, and from what.
echo '{"id":"ban","labels":{"favor":{},"against":{},"none":{}}}' >targets
seq 60 | awk '{ printf "{\"id\":\"c%d\",\"thread\":\"t%d\",\"text\":\"ligne %d\"}\n", $1, $1, $1 }' >dump
draw() { "$STANCE" sample -q --targets targets "$@" 2>&1 | grep -v ^Try; echo "exit ${PIPESTATUS[0]}"; }
draw -o a dump
draw -n 5 dump
draw -n 5 -o - dump
draw -n 5 -o no/where dump
draw -n 5 -o a missing
draw -n 5 -o a --by thread dump
draw -n 5 -o a --by 1 --by 2 --by 3 --by 4 --by 5 dump
draw -n 5 -o a -t spying dump
draw -n 0 -o a dump
seq 11000 | awk '{ printf "{\"id\":\"c%d\",\"text\":\"ligne %d\"}\n", $1, $1 }' >many
draw -n 5 -o a --by id many
sed 's/ligne.*"/[deleted]"/' dump >gone
draw -n 5 -o a gone
sed 's/text/body_of/' dump >bodies
draw -n 5 -o a bodies
echo '{"id":"ban"}' >targets
draw -n 5 -o a dump
ls a 2>/dev/null
