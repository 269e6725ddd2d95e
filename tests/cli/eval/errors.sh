# Errors worth reading; not one text where texts are not asked for.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
cat >gold <<'END'
{"id":"w1","text":"secretun il faut interdire cette application","target":"ban","label":"against"}
{"id":"w2","text":"secretdeux une censure absurde","target":"ban","label":"favor"}
{"id":"r1","text":"secrettrois une censure absurde","target":"ban","label":"against"}
END
sed 's/.*"id":"\(w.\)".*/{"id":"\1","label":"none","p":0.75}/; s/.*"id":"r1".*/{"id":"r1","label":"against","p":0.8}/' gold >pred
say() {
    ! grep -q secret rows || echo "$1: texts among the rows"
    if grep -q secret out; then echo "$1: texts"; else echo "$1: no text"; fi
}
for form in '' --json --tsv; do
    for way in '-m m' '--cv 2 --folds 2'; do
        file=gold
        [ "$way" = '-m m' ] || { file=both && cat gold "$ROOT/tests/cli/tiny.ndjson" >both; }
        "$STANCE" eval -q $way --resamples 0 --errors 9 --predictions rows $form $file >out || echo failed
        say "$way $form"
        "$STANCE" eval -q $way --resamples 0 --errors 9 --show-text --predictions rows $form $file >out
        say "$way $form --show-text"
    done
done
"$STANCE" eval -q -m m --resamples 0 --errors 1 gold | sed -n '/^confident/,/^$/p' | head -n 3
"$STANCE" eval -q -m m --resamples 0 gold | grep -c confident
"$STANCE" eval -q --pred pred --resamples 0 --errors 9 --show-text --gold gold | sed -n '/^confident/,/^$/p'
"$STANCE" eval -q -m m --show-text gold
echo "exit $?"
