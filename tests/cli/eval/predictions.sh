# What was said of each row, as a file that --pred reads: the same figures come of it.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
sed 's/numero [37]/rien/; 2s/favor/none/g' "$ROOT/tests/cli/tiny.ndjson" >gold
{ printf '{"id":"tab\\tin\\\\it","text":"une censure","target":"ban","label":"favor"}\n'
  printf '{"id":"line\\nin it","text":"une censure","target":"ban","label":"against"}\n'; } >>gold
# of the figures that need no probability of every label
figures() {
    awk -F '\t' '$5 == "judged" && $6 !~ /log_loss|brier/' "$1" | cut -f 3,6-12
}
for way in '-m m' '--cv 2 --folds 2'; do
    "$STANCE" eval -q $way --resamples 60 --predictions rows --tsv gold >first || echo failed
    head -n 1 rows
    "$STANCE" eval -q --pred rows --resamples 60 --tsv --gold gold >second || echo failed
    cmp <(figures first) <(figures second) && echo same figures
    figures first | wc -l
done
cut -f 9 rows | sort -u | tr '\n' ' '
echo
"$STANCE" eval -q -m m --predictions /nowhere/rows gold
echo "exit $?"
