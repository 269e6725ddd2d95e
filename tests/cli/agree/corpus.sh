# The corpus' annotators give the figures of its datasheet, which scripts/corpus-figures computes
# in another program.
corpus=$ROOT/corpus
agree() {
    "$STANCE" agree -q --comments "$corpus/gold/train.ndjson" --comments "$corpus/gold/dev.ndjson" \
        --comments "$corpus/gold/test.ndjson" "$@"
}
two=("$corpus/annotations/a1.ndjson" "$corpus/annotations/a2.ndjson")
agree --list 2 "${two[@]}"
agree "${two[@]}" | awk '/^[a-z]+: / { target = $1 }
    /^  (agreement|Cohen|Krippendorff)/ && target { printf "%s %s\n", target, $(NF - 3) }' >ours
"$ROOT/scripts/corpus-figures" | sed -n '/^agreement/,/^$/s/^  \([a-z]*\) *differ .*percent \([0-9.]*\) .*kappa \([0-9.]*\) .*alpha \([0-9.]*\) .*/\1: \2\n\1: \3\n\1: \4/p' |
    grep -v '^codes' >theirs
cat ours
diff ours theirs
echo '# a third annotator, files in another order, one thread'
agree -j 1 "$corpus/annotations/a4.ndjson" "${two[@]}" | sed -n '/^spying/,/^$/p;/^  pair/,/^$/p'
agree --json "$corpus/annotations/a4.ndjson" "${two[@]}" >a
agree --json -j 2 "${two[1]}" "$corpus/annotations/a4.ndjson" "${two[0]}" | cmp - a
