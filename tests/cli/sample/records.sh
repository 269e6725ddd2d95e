# Records that are one comment, or look like it: repeats, ids twice with other texts, none at all,
# nearly the same text; several dumps, CSV, standard input.
echo '{"id":"ban","labels":{"favor":{},"against":{},"none":{}}}' >targets
draw() { "$STANCE" sample -q --targets targets "$@"; }
show() { tail -n +2 "$1" | sed 's/,"\(audit\|key\|check\|cluster\|stratum\)":"[^"]*"//g; s/,"purpose":"estimate","batch":1//' | sort; }
long='je ne vois vraiment pas pourquoi il faudrait interdire cette application à tout le monde en France'
cat >dump <<END
{"id":"a","text":"une fois"}
{"id":"a","text":"une fois"}
{"id":"a","text":"une autre"}
{"text":"sans nom"}
{"text":"sans nom"}
{"id":"long1","text":"$long"}
{"id":"long2","text":"$long, non"}
{"id":"a","text":"une fois"}
END
draw -n 20 -o all dump
show all
grep -o '"strata":\[[^]]*\]' all
printf 'id,thread,text\n1,t,"oui, ""voilà"""\n2,t,\n3,u,non\n' >table.csv
draw -n 20 -o both dump table.csv
grep -o '"dump":{"records":[0-9]*,"population":[0-9]*' both
draw -n 20 -o table table.csv
show table
printf 'id,thread,parent,text\n1,t,,oui\n3,t,1,non\n' | "$STANCE" sample --targets targets -n 1 -o one -
show one
{ echo '{"id":"x","site":"a","text":"partout"}'; echo '{"id":"x","site":"b","text":"partout"}'
  seq 9 | awk '{ printf "{\"id\":\"c%d\",\"site\":\"%s\",\"text\":\"ligne %d\"}\n", $1, ($1 % 2 ? "a" : "b"), $1 }'; } >sites
"$STANCE" sample --targets targets -n 20 --by site -o twice sites
tail -n +2 twice | wc -l
