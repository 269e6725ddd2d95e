# Whatever classify writes, eval --pred reads back: the figures are those of eval -m. Some gold
# labels are not what the model says, so that gold taken for predictions would show; three of the
# inputs have columns `target` and `label` that stay beside the predictions.
sed -E 's/"target":"ban","label":"([a-z]*)"/"stance":{"ban":"\1","spying":"\1"}/
    1,4s/"spying":"against"/"spying":"none"/' "$ROOT/tests/cli/tiny.ndjson" >corpus
"$STANCE" train -q -o m corpus
sed '1,3s/"ban":"against"/"ban":"favor"/' corpus >two.ndjson
fields='.*"id":"(.*)","thread":"(.*)","text":"(.*)","stance":.*"ban":"(.*)","spying":"(.*)"}}'
sed -E "1i id,thread,text,stance.ban,stance.spying
s/$fields/\1,\2,\3,\4,\5/" two.ndjson >two.csv
tr , '\t' <two.csv >two.tsv
sed -E "1i id,thread,text,target,label
s/$fields/\1,\2,\3,ban,\4/" two.ndjson >one.csv
sed -E "1i id;text;target;label\r
s/$fields/\1;\3;ban;\4\r/" two.ndjson >crlf.csv
sed -E "s/$fields/{\"id\":\"\1\",\"text\":\"\3\",\"target\":\"ban\",\"label\":\"\4\"}/" \
    two.ndjson >one.ndjson

# Rounded, those of probabilities more so: they are written with four digits.
figures() {
    awk -F '\t' '$5 == "judged" && $10 != "" && ($6 !~ /log_loss|brier|ece/ || probs) {
        printf "%s\t%s\t%s\t%s\t%.*f\n", $3, $6, $7, $8, $6 ~ /log_loss|brier|ece/ ? 2 : 3, $10 }' probs="$1"
}

compare() {
    local gold=$1 prefix=() n=0 probs
    shift
    for probs in "" --probs; do
        "$STANCE" eval -q -m m --resamples 0 --tsv "$gold" | figures $probs >expected$probs
    done
    for shape in "" --flat --long --prefix=x_ "--flat --prefix=x_"; do
        case $shape in *--prefix*) prefix=(--prefix x_) ;; *) prefix=() ;; esac
        for output in "" ndjson csv tsv; do
            for probs in "" --probs; do
                # shellcheck disable=SC2086
                "$STANCE" classify -q -m m "$@" $shape $probs ${output:+--output $output} "$gold" |
                    "$STANCE" eval -q --resamples 0 --pred - --gold "$gold" "${prefix[@]}" --tsv |
                    figures $probs | cmp -s - expected$probs ||
                    echo "$gold: $* $shape $output $probs: other figures"
                n=$((n + 1))
            done
        done
    done
    echo "$gold $*: $n forms, $(awk '$1 == "accuracy" { print $1, $3 }' expected)"
}
compare two.ndjson
compare two.csv
compare two.tsv
for gold in one.csv crlf.csv one.ndjson; do
    compare $gold -t ban
    compare $gold --target-field target
done
# what eval writes itself
"$STANCE" eval -q -m m --resamples 0 --tsv two.ndjson --predictions rows | figures 1 >expected
"$STANCE" eval -q --pred rows --gold two.ndjson --resamples 0 --tsv | figures 1 | cmp - expected
