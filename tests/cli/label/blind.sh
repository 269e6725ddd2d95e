# A second annotator sees nothing of the first; who adjudicates sees both, and decides.
cp "$DATA/label/audit.jsonl" audit.jsonl
say() { "$STANCE" label audit.jsonl --annotator "$@"; }
printf '%s\n' 'label ban favor' 'label spying none' 'label topic on' 'note le cas 5' | say zoé >/dev/null
printf '%s\n' 'show' 'label ban against' 'label spying none' 'label topic on' | say anna
printf '%s\n' 'status' | say anna --twice 3
printf '%s\n' 'show' 'label ban favor' 'status' | say chef --adjudicate
printf '%s\n' 'show' 'label ban against' | say autre --adjudicate --show-names --lang en
printf '%s\n' 'label spying none' | say chef --adjudicate
"$STANCE" label --status audit.jsonl
"$STANCE" label --agreement -q audit.jsonl | head -n 2
"$STANCE" agree --resamples 0 audit.jsonl | grep alpha
sed -n 2p audit.jsonl | grep -o '"stance":{[^}]*},"anno'
