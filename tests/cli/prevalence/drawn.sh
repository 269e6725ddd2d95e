# How it was drawn is how it is estimated: strata, predicted strata, whole threads, in part.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
rows() { share --tsv -t ban "$@" dump.ndjson | cut -f 3-4,8-12,17-19,22-23 | steady; }
make_audit -n 150 --by source --allocate equal
rows
rows --by source
share dump.ndjson | steady | grep -A2 '^audit'
make_audit -n 150 --by month --by source
rows
make_audit -n 150 --by predicted:ban
rows
"$STANCE" train -q -o m --targets targets.ndjson --folds 3 --grid 1 --words 1 corpus.ndjson
told share dump.ndjson | sed 's/[0-9a-f]\{8\}/########/g'
make_model
make_audit -n 200 --threads
rows
rows --by source
share -t ban dump.ndjson | steady | grep -A2 '^audit\|^interval'
# threads labelled in part, and an audit in part: a smaller sample, and said so
"$STANCE" sample -q -o audit.jsonl -m m -n 200 --threads dump.ndjson
label_audit audit.jsonl 2,80
rows
"$STANCE" sample -q -o audit.jsonl -m m -n 200 dump.ndjson
told share dump.ndjson
label_audit audit.jsonl 2,80
rows
# passed over, not just not reached
"$STANCE" sample -q -o audit.jsonl -m m -n 200 dump.ndjson
label_audit audit.jsonl 40,120
rows
share -t ban dump.ndjson | grep -A3 'passed over'
# enlarged: rows drawn later count as if drawn at once
"$STANCE" sample -q -o audit.jsonl -m m -n 100 dump.ndjson
label_audit audit.jsonl
"$STANCE" sample -q --extend audit.jsonl -n 50 dump.ndjson
share -t ban dump.ndjson | grep -A1 'comments drawn:'
label_audit audit.jsonl
rows
