# In whole threads an author's other comments tell what a word alone does not: 24 threads in which
# one author is for, one against, and half of what they say says nothing.
corpus() { # FIRST LAST
    for t in $(seq "$1" "$2"); do
        for i in 1 2 3 4 5 6 7 8; do
            for a in x y; do
                side=$([ $a = x ] && echo favor || echo against)
                word=$([ $(((t + i) % 2)) = 0 ] && echo vu || { [ $a = x ] && echo bravo || echo honte; })
                echo '{"id":"'"$t-$i$a"'","thread":"t'"$t"'","author":"'"$a"'","text":"'"$word $i"'","target":"ban","label":"'"$side"'"}'
            done
        done
    done
}
corpus 1 24 >train
corpus 25 28 >test
"$STANCE" train -o m --grid 0.5 --word-share 0.4 --no-progress train 2>&1 | grep -E "whole threads"
"$STANCE" info -m m --json | grep -oE '"(thread|author)_exponent":[0-9.]+'
right() { grep -oE '"label":"[a-z]*"' "$1" | sed -n 'N;s/\n/ /p' | awk '{a = $1; sub(/.*:/, "", a); b = $2; sub(/.*:/, "", b); n += a == b} END {print n "/" NR}'; }
"$STANCE" classify -q -m m test >alone
"$STANCE" classify -q -m m --whole-threads test >whole
right alone
right whole
for how in "-j 1" "-j 4" "--long --output csv" "--probs --flat"; do # jobs and forms change no label
    "$STANCE" classify -q -m m --whole-threads $how test | grep -oE 'against|favor' | sort | uniq -c | tr -s '\n ' ' '
done
echo
sed 's/,"target".*/}/' test | "$STANCE" classify -q -m m --whole-threads | sed 's/.*"predicted"//' |
    diff <(sed 's/.*"predicted"//' whole) - && echo "the gold says nothing"
"$STANCE" eval -q -m m --resamples 0 --whole-threads test | grep -A 2 -E "^- the model|  model"
"$STANCE" eval -q --cv 3 --grid 0.5 --word-share 0.4 --resamples 0 --whole-threads train | grep -A 1 -E "^- each|  model"
