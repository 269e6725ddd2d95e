# Names that begin alike and are longer than their column stand whole, on lines of their own.
corpus=$ROOT/tests/cli/tiny.ndjson
long=predictions-of-a-system-with-settings
sed -E 's/.*"id":"([^"]*)".*"label":"([a-z]*)".*/\1\tban\t\2/; 1i id\ttarget\tlabel' "$corpus" >$long-a
sed '2s/against$/favor/' $long-a >$long-b
"$STANCE" compare -q --resamples 0 "$corpus" $long-a $long-b | sed -n '/^system/,/^p/p'
sed -E 's/^\{/{"place":"a street of a town far away, north",/; 1,4s/north/south/' "$corpus" >gold
"$STANCE" eval -q --resamples 0 --pred $long-a --gold gold --by place | sed -n '/^by/,/^$/p'
"$STANCE" eval -q --resamples 0 --pred $long-a --gold gold --by place | awk 'length($0) > 80 && !/–/'
