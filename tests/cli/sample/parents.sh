# Parents are found by their ids, however these are written, and before or after their answers.
echo '{"id":"ban","labels":{"favor":{},"against":{},"none":{}}}' >targets
cat >dump <<'END'
{"id":"1","parent":"a,b} c","text":"virgule"}
{"id":"2","parent":"17","text":"nombre"}
{"id":"3","parent":"18","text":"nombre, espace"}
{"id":"4","parent":"é\"x","text":"échappé"}
{"id":"5","parent":"n","text":"au fond"}
{"id":"6","parent":"k","text":"clé échappée"}
{"id":"7","parent":"twice","text":"deux fois"}
{"id":"8","parent":"nowhere","text":"orphelin"}
{"id":"9","parent":"1","text":"une ligne"}
{"id":"10","parent":"v","text":"valeur"}
END
cat >parents <<'END'
{"id":"a,b} c","author":"u","text":"parent virgule"}
{"id":17,"text":"parent nombre"}
{"text":"parent nombre, espace", "id" :	18 }
{"id":"\u00e9\"x","text":"parent échappé"}
{"user":{"id":"z"},"id":"n","text":"parent au fond"}
{"\u0069d":"k","text":"parent clé échappée"}
{"id":"once","id":"twice","text":"parent deux fois"}
{"title":"id","kind":"id","id":"v","text":"parent valeur"}
END
show() { tail -n +2 "$1" | sed 's/^{"id":"\([^"]*\)".*"text":"\([^"]*\)","context":\(.*\),"audit".*/\1 \3/; s/^{"id":"\([^"]*\)".*/\1/' | sort -n; }
# Two files, so that sampled rows are of the first alone: the others are drawn by no one.
for i in $(seq 300); do echo '{"id":"x'$i'","text":"reste '$i'"}'; done >rest
cat dump rest parents >whole
drawn() { "$STANCE" sample -q --targets targets --by kept --allocate equal --min-per-stratum 1 -n 20 -o "$2" "$1"; }
sed 's/^{"id":"\([0-9]*\)","parent"/{"kept":"yes","id":"\1","parent"/' whole >marked
drawn marked a
show a | grep '{'
cat parents rest dump | sed 's/^{"id":"\([0-9]*\)","parent"/{"kept":"yes","id":"\1","parent"/' >turned
drawn turned b
cmp <(show a | grep '{') <(show b | grep '{') && echo same
