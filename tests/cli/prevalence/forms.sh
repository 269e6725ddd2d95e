# One estimate in each form.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 150 --uncertain 10
share --json --by source dump.ndjson | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(d["method"], d["audit"]["drawn"], d["audit"]["training"], d["dump"]["population"])
for t in d["targets"]:
    for g in t["groups"]:
        for l in g["labels"]:
            print(t["target"], g["group"], l["label"], "%.3f %.3f %.3f" % (l["share"], l["low"], l["high"]))
' 2>/dev/null
share --tsv --by source dump.ndjson | head -n 1
share --methods fr dump.ndjson | steady | head -n 1
share --methods en dump.ndjson | steady | head -n 1
share --html page.html --rows rows.tsv -o report dump.ndjson
share dump.ndjson | cmp - report && echo 'the same report'
grep -c '<svg\|<table' page.html
grep -ciE 'src=.?http|<script' page.html
echo '== rows'
head -n 1 rows.tsv
cut -f 1 rows.tsv | sort | uniq -c
awk -F'\t' '$1 != "audit" && $1 != "kind"' rows.tsv | steady
awk -F'\t' '$1 == "audit" && $3 == "ban"' rows.tsv | head -n 2 | steady
share --rows - -o report --no-text --pseudonymize dump.ndjson >hashed.tsv
diff <(awk -F'\t' '{ print NF }' rows.tsv | sort | uniq -c) <(awk -F'\t' '{ print NF + 1 }' hashed.tsv | sort | uniq -c) && echo 'one column less'
grep -cE '	[ct][0-9]+	|tiktok' hashed.tsv
told share --json --tsv dump.ndjson
told share --methods de dump.ndjson
told share --no-text dump.ndjson
told share --rows none/rows dump.ndjson
"$STANCE" share -q -m m -a audit.jsonl dump.ndjson | cmp - <(share dump.ndjson) && echo 'share is prevalence'
