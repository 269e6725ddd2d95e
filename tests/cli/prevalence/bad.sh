# What would give a number that looks right is refused, by file and line.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 60
cp audit.jsonl good.jsonl
try() {
    echo "== $1"
    shift
    told share "$@" | sed 's/[0-9a-f]\{16\}/################/g'
    cp good.jsonl audit.jsonl
}
try 'no such audit' -a none dump.ndjson
try 'a labelled corpus' -a corpus.ndjson dump.ndjson
: >audit.jsonl
try 'an empty file' dump.ndjson
head -n 40 dump.ndjson >few
try 'fewer comments' few
{ cat dump.ndjson; echo '{"id":"z","text":"un de plus"}'; } >more
try 'more comments' more
sed 's/tiktok"/TikTok"/;500,$d' dump.ndjson >part
{ cat part; tail -n +500 dump.ndjson; } >others
try 'other comments' others
line=$(grep -n '"c1"' dump.ndjson | cut -d: -f 1)
sed '1s/"text":"/"text":"Et /' dump.ndjson >one
grep -q '"id":"c1"' audit.jsonl && echo 'drawn, though'
try 'one other comment' one
sed 's/2024-05/2024-04/' dump.ndjson >dates
"$STANCE" sample -q -o audit.jsonl -m m -n 60 --by month dump.ndjson && label_audit audit.jsonl
try 'other dates' dates
"$STANCE" sample -q -o audit.jsonl -m m -n 60 --by source dump.ndjson && label_audit audit.jsonl
sed 's/presse/revue/' dump.ndjson >source
try 'a stratum that was not' source
sed 's/"ban"/"interdire"/g' targets.ndjson >other-targets
sed 's/"ban":/"interdire":/' corpus.ndjson | "$STANCE" train -q -o other --targets other-targets --folds 3 --grid 1 --words 1 -
try 'a model of other targets' -m other dump.ndjson
sed 's/"favor"/"pour"/g' targets.ndjson >other-targets
sed 's/:"favor"/:"pour"/' corpus.ndjson | "$STANCE" train -q -o other --targets other-targets --folds 3 --grid 1 --words 1 -
try 'a model of other labels' -m other dump.ndjson
try 'a target that is not there' -t nothing dump.ndjson
try 'a target twice' -t ban -t ban dump.ndjson
try 'no model' -m none dump.ndjson
try 'no dump' none
for edit in '3s/"text":"/"text":"x/' '3s/favor\|against\|none/on/' '3s/"sample_prob":0.1/"sample_prob":0.2/' '3s/"check":"./"check":"g/' \
    '1s/"population":600/"population":601/' '3p' '3d' '1d' '3s/.*/{/' '$d'; do
    sed -i "$edit" audit.jsonl
    try "edited: $edit" dump.ndjson
done
printf 'id,target,label,annotator\n' >other.csv
sed -n 2,4p audit.jsonl | sed 's/^{"id":"\([^"]*\)".*"stance":{"ban":"\([a-z]*\)".*/\1 \2/' |
    while read -r id label; do
        echo "$id,ban,$([ $label = none ] && echo favor || echo none),anna"
    done >>other.csv
"$STANCE" label -q audit.jsonl --import other.csv
cp audit.jsonl differ.jsonl
try 'annotators who differ' dump.ndjson
cp differ.jsonl audit.jsonl
for i in 1 2 3; do printf 'label ban none\nopen\n'; done | "$STANCE" label -q audit.jsonl --annotator chef --adjudicate >said
share -t ban dump.ndjson | grep -A2 '^audit'
cp good.jsonl audit.jsonl
"$STANCE" train -q -o other --targets targets.ndjson --folds 3 --grid 1 --words 1 --train-on-audit corpus.ndjson audit.jsonl
try 'a model that was trained on them' -m other dump.ndjson
"$STANCE" sample -q -o audit.jsonl -m m -n 60 --uncertain 20 dump.ndjson && label_audit audit.jsonl
"$STANCE" train -q -o other --targets targets.ndjson --folds 3 --grid 1 --words 1 --add audit.jsonl corpus.ndjson
share -m other -t ban dump.ndjson | grep -A2 '^audit'
cp good.jsonl audit.jsonl
echo x >audit.jsonl.journal
try 'a journal beside it' dump.ndjson
rm audit.jsonl.journal
try 'more than two forms' --tsv --methods fr dump.ndjson
try 'a level' --level 1 dump.ndjson
: >nothing
try 'an empty dump' nothing
