# Denominators, units of counting and of drawing.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 200
rows() { share --tsv "$@" dump.ndjson | cut -f 1,3-6,8,10,11,17-20 | steady; }
rows --among on-topic
rows --among taking-sides
rows -t ban --per-author
rows -t ban --among taking-sides --per-author --by source
rows -t ban --beyond-dump
rows -t ban --beyond-dump --among taking-sides
rows -t ban --level 0.5
share --among on-topic -t ban dump.ndjson | steady | grep -A1 'share of'
share --among taking-sides --per-author -t ban dump.ndjson | steady | grep -E 'share  |interval  |author'
share --beyond-dump -t ban dump.ndjson | steady | grep -A2 '^interval'
# a topic by another name is asked for by it, and one without the label is none
told share --among on-topic --topic ban dump.ndjson
told share --among on-topic --topic sujet dump.ndjson
told share --per-author - <dump.ndjson
told share --beyond-dump --by week dump.ndjson
told share --pool-error dump.ndjson
told share --pool-error --by week --per-author dump.ndjson
