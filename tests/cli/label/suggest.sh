# A model's labels are shown only where they are asked for, and what is labelled beside them is marked.
cp "$DATA/label/audit.jsonl" audit.jsonl
model=$ROOT/model/tiktok-fr.stance
printf 'show\n' | "$STANCE" label audit.jsonl --annotator zoé | grep -c model:
printf 'show\nlabel ban favor\nlabel ban -\n' |
    "$STANCE" label audit.jsonl --annotator zoé --suggest "$model" | grep -c model:
grep -c suggested audit.jsonl
printf 'label topic on\nnote vu\n' | "$STANCE" label audit.jsonl --annotator zoé --suggest "$model"
printf 'goto c2\nlabel topic on\n' | "$STANCE" label audit.jsonl --annotator zoé
grep -o '"suggested":true' audit.jsonl
"$STANCE" label --status audit.jsonl | sed -n 3,4p
