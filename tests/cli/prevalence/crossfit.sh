# Labels that estimate and are learnt from: by folds, with other labels besides and without.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 200 --uncertain 20
cross() { "$STANCE" prevalence -q --audit audit.jsonl --cross-fit 3 "$@"; }
rows() { cross --tsv -t ban "$@" dump.ndjson | cut -f 3-4,7-11,13,17 | steady; }
rows
rows --train corpus.ndjson
cross --json -j 1 dump.ndjson >one
cross --json -j 3 dump.ndjson | cmp - one && echo 'the same with three threads'
cross dump.ndjson | steady | grep -A3 '^model\|^method'
rows --among on-topic --train corpus.ndjson
# the labels that are left out of a fold are not let in by the other corpus
id=$(sed -n 2p audit.jsonl | cut -d '"' -f 4)
grep "\"id\":\"$id\"," dump.ndjson | sed 's/}$/,"stance":{"topic":"on"}}/' | cat corpus.ndjson - >leak.ndjson
told cross --train leak.ndjson dump.ndjson
cp audit.jsonl both.jsonl
"$STANCE" sample -q -o audit.jsonl -t ban -m m -n 200 dump.ndjson
label_audit audit.jsonl 2,201 ban
told cross --train leak.ndjson dump.ndjson
cp both.jsonl audit.jsonl
told "$STANCE" prevalence -q --cross-fit 3 dump.ndjson
told cross -m m dump.ndjson
told cross --sum x dump.ndjson
told share --train corpus.ndjson dump.ndjson
told cross --cross-fit 1 dump.ndjson
"$STANCE" sample -q -o audit.jsonl -m m -n 6 dump.ndjson
label_audit audit.jsonl
told cross dump.ndjson
