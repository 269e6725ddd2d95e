# Three targets, three keystrokes; sub-codes, undo, skip, note, jumps, and a resume after the end.
start --annotator zoé
screen first 'Et vous, vous feriez quoi'
keys e
screen codes '3 pour les mineurs'
keys 3 f
await shows '[f ne se prononce pas]' || bad 'no second label'
keys Space
screen missing 'manque'
keys x
await shows '[x en parle]' || bad 'no third label'
keys Space
screen second '2/7'
keys k
await shows '3/7' || bad 'no skip'
keys u
await shows '2/7' || bad 'undo does not go back'
keys u
screen undone '1/7'
keys x m
typed 'règle 5, à revoir'
screen prompt 'à revoir'
keys Enter
await shows 'note enregistrée' || bad 'no note'
keys ':'
typed c5
keys Enter
await shows 'tricot' || bad 'no jump by id'
keys '#'
typed 2
keys Enter
await shows '2/7' || bad 'no jump by number'
keys j
await shows '3/7' || bad 'no jump to what is open'
screen controls 'fin de ligne'
keys p p l
screen english 'Space on'
keys q
await ended || bad 'q does not end'
[ ! -e audit.jsonl.journal ] || bad 'a journal is left'
start --annotator zoé
screen resumed '2/7'
keys q
await ended
