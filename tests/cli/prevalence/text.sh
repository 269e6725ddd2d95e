# The report, the whole and by month; told by the labels, not by what was predicted.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 200
share dump.ndjson | steady
share --by month dump.ndjson | steady
share --by source -t ban --level 0.9 --min-labels 20 dump.ndjson | steady
