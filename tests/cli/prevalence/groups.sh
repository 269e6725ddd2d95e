# Groups: too few labels for weeks are months, and said so; what a field has in store; pooled
# errors where they hold, and where they do not.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
make_audit -n 150
rows() { share --tsv -t ban "$@" dump.ndjson | cut -f 3,4,8,10,11,17,21-23 | steady | grep -E '^(favor|label)'; }
for by in week month year source thread author nowhere; do
    echo "== $by"
    rows --by $by | head -n 8
done
echo '== week, few needed'
rows --by week --min-labels 5
share --by week -t ban dump.ndjson | grep -A1 'too few'
echo '== pooled'
rows --by week --pool-error
share --by week --pool-error -t ban dump.ndjson | steady | grep -iA2 'one error rate\|homogen\|same error'
# the model errs in one source alone
awk -F'\t' 'BEGIN { OFS = "\t" } $5 == "presse" { $2 = "favor" } { print }' truth.tsv >wrong.tsv
mv wrong.tsv truth.tsv
make_audit -n 150 --seed 2
echo '== pooled in vain'
rows --by source --pool-error
rows --by source
