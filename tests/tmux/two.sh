# A second annotator sees nothing of the first; adjudication shows both and decides.
start --annotator zoé
await shows '1/7' || bad 'no start'
keys e 3 f x m
typed 'règle 5'
keys Enter
await shows 'note enregistrée' || bad 'no note'
keys q
await ended
start --annotator anna
screen blind '1/7'
keys r 1 f x
await shows '[x en parle]' || bad 'no labels'
"$STANCE" label audit.jsonl --annotator tiers </dev/null 2>&1 | grep -q 'another `stance label`' ||
    bad 'no lock'
keys q
await ended
start --annotator chef --adjudicate
screen both 'A pour'
keys x
screen agreed 'agree on topic'
keys e 1 Space
screen decided 'tout est fait'
keys q
await ended
start --annotator anna --adjudicate --show-names --lang en
screen names 'zoé'
keys q
await ended
