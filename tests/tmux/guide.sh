# The guide and the keys are one key away, and searched.
start --annotator zoé --lang en
await shows '1/7' || bad 'no start'
keys '?'
screen keys 'Ctrl-L'
keys q g
screen guide '« TikTok doit'
keys Space
await lacks '« TikTok doit' || bad 'no page down'
keys /
typed 'relire'
keys Enter
screen found 'Règle 2'
keys /
typed 'rien de tel'
keys Enter
await shows 'not found' || bad 'found what is not there'
size 60 20
await shows 'not found' || bad 'lost by a resize'
keys q
await shows '1/7' || bad 'q does not lead back'
keys q
await ended
