# What was shown as saved is there after kill -9, and can be undone.
start --annotator zoé
await shows '1/7' || bad 'no start'
keys r
await shows 'enregistré' || bad 'not saved'
killed
[ -s audit.jsonl.journal ] || bad 'no journal'
start --annotator zoé
screen resumed '[r contre]'
keys f c
await shows '[c n' || bad 'no labels'
keys u u u
await shows 'rien à annuler' || await lacks '[r contre]' || bad 'no undo over the crash'
keys d
await shows '[d conteste]' || bad 'no label'
tm send-keys -t s C-c
await ended || bad 'Ctrl-C does not end'
[ ! -e audit.jsonl.journal ] || bad 'a journal is left'
"$STANCE" label --status audit.jsonl | grep -q '^ *0 *1 *0 *0 *0 *zoé' || bad 'another status'
