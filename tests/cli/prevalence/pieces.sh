# Sums of pieces, put together, are the whole; and nothing else is.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 150 --by source
head -n 250 dump.ndjson >a
sed -n 251,400p dump.ndjson >b
tail -n +401 dump.ndjson >c
for piece in a b c; do
    share --by week --sum $piece.sums $piece && wc -l <$piece.sums
done
share --by week dump.ndjson >whole
share --by week --rows whole.tsv -o report dump.ndjson
share --by week --merge a.sums b.sums c.sums | cmp - whole && echo 'the same report'
share --by week --merge c.sums a.sums b.sums | cmp - whole && echo 'in any order'
share --by week --rows merged.tsv -o report --merge a.sums b.sums c.sums
diff <(steady <whole.tsv) <(steady <merged.tsv) && echo 'the same rows'
grep -c 'tiktok\|"c[0-9]*"' a.sums
for i in a b c; do share --among on-topic -t ban --sum $i.on $i; done
share --among on-topic -t ban --merge a.on b.on c.on | cmp - <(share --among on-topic -t ban dump.ndjson) && echo 'on the topic'
for i in a b c; do "$STANCE" prevalence -q -m m --assume-same-errors adjusted --sum $i.ass $i; done
"$STANCE" prevalence -q -m m --assume-same-errors adjusted --merge a.ass b.ass c.ass |
    cmp - <("$STANCE" prevalence -q -m m --assume-same-errors adjusted dump.ndjson) && echo 'assumed'
echo '== refused'
told share --by week --merge a.sums b.sums
told share --by week --merge a.sums b.sums c.sums c.sums
told share --merge a.sums b.sums c.sums
told share --by month --merge a.sums b.sums c.sums
told share -t ban --by week --merge a.sums b.sums c.sums
told share --by week --merge a.sums dump.ndjson
told share --by week --merge a.sums none
sed '2s/"n":[0-9]*/"n":1/' b.sums >edited
told share --by week --merge a.sums edited c.sums
head -n 5 b.sums >cut
told share --by week --merge a.sums cut c.sums
: >empty
told share --by week --merge a.sums empty c.sums
cp audit.jsonl before.jsonl
make_audit -n 150 --by source --seed 2
told share --by week --merge a.sums b.sums c.sums
cp before.jsonl audit.jsonl
"$STANCE" train -q -o m --targets targets.ndjson --folds 3 --grid 1 --words 1 corpus.ndjson
told share --by week --merge a.sums b.sums c.sums
told share --merge
told share --merge --sum x a.sums
told share --per-author --sum x a
told share --beyond-dump --sum x a
told share --sum none/x a
ls
