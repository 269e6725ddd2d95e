# A long comment scrolls; any size, at any time.
start --annotator zoé
await shows '1/7' || bad 'no start'
keys ':'
typed c4
keys Enter
screen long 'Paragraphe 1'
keys NPage NPage NPage
screen end 'Paragraphe 8'
keys Home o
screen whole 'zig'
keys o
size 100 30
screen large 'Paragraphe 4'
size 60 15
screen small 'Paragraphe 1'
keys e
screen small-codes '4 la vente'
size 30 8
screen tiny 'trop petite'
size 80 24
screen back '[e pour]'
keys q
await ended
