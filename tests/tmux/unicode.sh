# Emoji, combining marks, wide and right-to-left letters; what would turn the line is written out.
start --annotator zoé
await shows '1/7' || bad 'no start'
keys n
screen emoji 'drapeau'
keys n
screen controls 'U+202E'
keys n
screen wide '漢字'
keys q
await ended
start --annotator zoé --ascii
await shows '1/7' || bad 'no start'
keys n
screen ascii 'Famille'
keys q
await ended
settings=LC_ALL=C
start --annotator zoé
screen locale 'locale sans UTF-8'
keys q
await ended
