# What is refused, and that nothing is left behind.
cp "$DATA/label/audit.jsonl" audit.jsonl
label() { "$STANCE" label "$@" </dev/null 2>&1 | sed -n 1p; echo "exit ${PIPESTATUS[0]}"; }
label
label audit.jsonl
label audit.jsonl --annotator ' '
label missing.jsonl --annotator a
cp "$ROOT/corpus/targets.ndjson" .
label targets.ndjson --annotator a
label - --annotator a
label --status --fold audit.jsonl
label --export x audit.jsonl
label --replace audit.jsonl
label --show-names audit.jsonl --annotator a
for command in 'label ban' 'label bans favor' 'label ban maybe' 'label ban none minors' 'code state' \
    'goto c7' 'goto #9' 'goto' 'dance'; do
    echo "$command" >commands
    label audit.jsonl --annotator a --commands commands
done
sed -i '2s/interdise/autorise/' audit.jsonl
label audit.jsonl --annotator a
ls
