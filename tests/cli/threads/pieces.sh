# Threads that do not follow one another, records without a thread, threads that say nothing, and
# what does not go together.
for i in $(seq 200); do # authors keep their side, words say it every third time
    a=$((i % 2))
    echo '{"id":"'$i'","thread":"t'$((i / 10))'","author":"a'$a'","text":"'"$([ $((i % 3)) = 0 ] && { [ $a = 0 ] && echo bravo || echo honte; } || echo vu) $i"'","target":"ban","label":"'"$([ $a = 0 ] && echo favor || echo against)"'"}'
done >train
quick=(-q --folds 3 --grid 0.5 --word-share 0.4)
sed 's/"thread":"[^"]*",//' train >apart
"$STANCE" train "${quick[@]}" -o none apart
"$STANCE" classify -m none --whole-threads train -o out 2>&1 | grep threads
cmp <("$STANCE" classify -q -m none train) out && echo same
"$STANCE" eval -q -m none --resamples 0 --whole-threads train | grep -A 1 "^- whole"
"$STANCE" train "${quick[@]}" -o m train
cat >dump <<'D'
{"id":1,"thread":"a","author":"x","text":"bravo"}

{"id":2,"author":"x","text":"vu"}
{"id":3,"thread":"a","author":"x","text":"vu"}
{"id":4,"thread":"a","author":"x","text":
{"id":5,"thread":"b","author":"x","text":"vu"}
{"id":6,"thread":"a","author":"x","text":"vu"}
{"id":7,"thread":"a","text":"vu"}
D
"$STANCE" classify -m m --whole-threads --long --output csv dump dump 2>notes | cut -d, -f 1,3-
grep -E "pieces|threads" notes
printf 'id,text\n1,bravo\n' | "$STANCE" classify -q -m m --whole-threads
printf 'id,text,fil\n1,bravo,a\n2,vu,a\n' | "$STANCE" classify -q -m m --whole-threads --thread-field fil
# A thread of more records than a batch is one; what outgrows memory is cut, and said.
for i in $(seq 1500); do echo '{"thread":"a","author":"x","text":"vu"}'; done >long
for j in 1 4; do
    "$STANCE" classify -q -m m -j $j --whole-threads <(echo '{"thread":"a","author":"x","text":"bravo"}' | cat - long) |
        sort | uniq -c | tr -s ' '
done
pad=$(head -c 900000 /dev/zero | tr '\0' x)
for i in $(seq 20); do echo '{"thread":"a","author":"x","text":"vu","pad":"'"$pad"'"}'; done >wide
"$STANCE" classify -m m --whole-threads wide 2>&1 >out | grep pieces
grep -oE '"p":[0-9.]+' out | sort | uniq -c | tr -s ' '
# So is one that is parted by as much without a thread, or has too many records.
one='{"thread":"a","author":"x","text":"vu"}'
{ echo "$one"; sed 's/"thread":"a",//' wide; echo "$one"; } >parted
"$STANCE" classify -m m --whole-threads parted 2>&1 >out | grep pieces
wc -l <out
{ echo "$one"; yes '' | head -n 140000; echo "$one"; } | "$STANCE" classify -m m --whole-threads 2>&1 >out | grep pieces
wc -l <out
"$STANCE" classify -q -m m --whole-threads --target-field target train
"$STANCE" eval -q --whole-threads --pred out --gold train
