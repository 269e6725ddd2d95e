# What is read and how changes no byte: standard input, gzip, CSV, pieces, threads; records without
# an id, and one that is there twice.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 150
share --by month --json dump.ndjson >whole
same() { cmp - whole && echo "$1"; }
share --by month --json -j 1 dump.ndjson | same 'one thread'
share --by month --json -j 3 dump.ndjson | same 'three threads'
share --by month --json <dump.ndjson | same 'standard input'
gzip -k dump.ndjson
share --by month --json dump.ndjson.gz | same gzip
head -n 250 dump.ndjson >a
tail -n +251 dump.ndjson >b
share --by month --json a b | same 'two files'
share --by month --json b a >other
cmp <(share --by month b a) <(share --by month dump.ndjson) && echo 'another order, the same figures'
python3 -c '
import csv, json
with open("dump.csv", "w", newline="") as f:
    w = csv.DictWriter(f, ["id", "thread", "author", "date", "source", "text"])
    w.writeheader()
    w.writerows(json.loads(line) for line in open("dump.ndjson"))
'
share --by month --json dump.csv | same CSV
share --per-author -t ban --json -j 1 dump.ndjson >whole
share --per-author -t ban --json -j 3 dump.ndjson | same 'per author'
share --beyond-dump -t ban --json -j 1 dump.ndjson >whole
share --beyond-dump -t ban --json -j 3 dump.ndjson | same 'beyond the dump'
# each member by another name: the audit knows how the dump was read
sed 's/"text":/"corps":/;s/"id":/"nr":/;s/"date":/"le":/' dump.ndjson >renamed.ndjson
"$STANCE" sample -q -o audit.jsonl -m m -n 150 --text-field corps --id-field nr --date-field le renamed.ndjson
label_audit audit.jsonl
share --by month --tsv renamed.ndjson | cut -f 3,4,8 | steady | head -n 4
# without ids
sed 's/^{"id":"[^"]*",/{/' dump.ndjson >nameless.ndjson
awk -F'\t' 'BEGIN { OFS = "\t" }
    NR == FNR { truth[$1] = $0; next }
    match($0, /"id":"[^"]*"/) { id = substr($0, RSTART + 6, RLENGTH - 7) }
    id in truth { $0 = truth[id]; $1 = "#" FNR; print }' truth.tsv dump.ndjson >numbered.tsv
cp truth.tsv named.tsv
cp numbered.tsv truth.tsv
"$STANCE" sample -q -o audit.jsonl -m m -n 150 nameless.ndjson
label_audit audit.jsonl
share --tsv -t ban nameless.ndjson | cut -f 3,4,8,17 | steady
share --json nameless.ndjson >whole
head -n 250 nameless.ndjson >a
tail -n +251 nameless.ndjson >b
share --json a b | same 'numbers that go on'
share --sum a.sums a
share --sum b.sums b
told share --merge a.sums b.sums
cp named.tsv truth.tsv
# twice and three times the same id and text: one comment that counts so often
{ cat dump.ndjson; head -n 30 dump.ndjson; sed -n 5,10p dump.ndjson; } >twice.ndjson
"$STANCE" sample -q -o audit.jsonl -m m -n 300 twice.ndjson
label_audit audit.jsonl
share --tsv -t ban twice.ndjson | cut -f 3,4,8,17,20 | steady
share -t ban twice.ndjson | grep -A2 '^audit'
share -t ban twice.ndjson | grep -c 'comments drawn:'
told share dump.ndjson
