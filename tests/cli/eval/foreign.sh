# Labels that the gold does not have are errors as any others, but may be spelt otherwise: said.
corpus=$ROOT/tests/cli/tiny.ndjson
{ echo id,target,label; sed 's/.*"id":"\([^"]*\)".*"label":"\([a-z]*\)".*/\1,ban,\2/' "$corpus"; } >right
sed 's/favor$/Favor/; s/against$/-1/' right >coded
"$STANCE" eval -q --resamples 0 --pred right --gold "$corpus" | grep '^-'
"$STANCE" eval -q --resamples 0 --pred coded --gold "$corpus" | grep '^-'
"$STANCE" compare -q --resamples 0 "$corpus" right coded | grep '^-'
