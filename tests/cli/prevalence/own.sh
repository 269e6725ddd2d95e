# Records that name their target: one share over all of them; those that name none are no part of
# it, drawn or estimated.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 300
make_model
awk '{ about = NR % 7 == 0 ? "" : NR % 3 ? ",\"about\":\"ban\"" : ",\"about\":\"réseaux\""
    sub(/}$/, about "}"); print }' dump.ndjson >about.ndjson
cat >one.ndjson <<'END'
{"id":"proposal","statement":"La proposition visée.","labels":{"against":{},"favor":{},"none":{}}}
END
"$STANCE" sample -q -o audit.jsonl --targets one.ndjson --target-field about -n 120 about.ndjson
label_table | sed 's/,ban,/,proposal,/' | grep -v ,topic, >all
sed 1d audit.jsonl | grep -v '"like":' | sed 's/^{"id":"\([^"]*\)".*/\1/' | awk -F, '
    FILENAME != "all" { want[$1] = 1; next }
    FNR == 1 || $1 in want' - all >labels.csv
"$STANCE" label -q audit.jsonl --import labels.csv
share --target-field about --tsv about.ndjson | cut -f 1-4,8,10,11,17,20,21 | steady
share --target-field about about.ndjson | head -n 5
share --target-field about --per-author --tsv about.ndjson | cut -f 3,8,10,11 | steady
"$STANCE" prevalence -q --audit audit.jsonl --target-field about --cross-fit 3 --train corpus.ndjson --tsv about.ndjson |
    cut -f 1,3,8,10,11 | steady
told share about.ndjson
make_audit -n 50
told share --target-field about dump.ndjson
