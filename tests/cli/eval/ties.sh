# Labels of one probability stay or go together: what abstaining buys is told once for them.
corpus=$ROOT/tests/cli/tiny.ndjson
sed -E 's/.*"id":"([^"]*)".*/\1\tban\tfavor\t0.9/; 1i id\ttarget\tlabel\tp' "$corpus" >pred
"$STANCE" eval -q --resamples 0 --pred pred --gold "$corpus" | sed -n '/^what abstaining/,/^$/p'
sed -i '2,7s/0.9$/0.95/' pred
"$STANCE" eval -q --resamples 0 --pred pred --gold "$corpus" | sed -n '/^what abstaining/,/^$/p'
