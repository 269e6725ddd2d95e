# Labels from a spreadsheet and from a copy: all or nothing, and what cannot be is named.
cp "$DATA/label/audit.jsonl" audit.jsonl
label() { "$STANCE" label "$@" 2>&1; echo "exit $?"; }
label audit.jsonl --annotator zoé --export sheet.csv
cat sheet.csv
sed -i 's/^\(c[1-5],.*\),,,$/\1,favor,none,on/' sheet.csv
label audit.jsonl --import sheet.csv
label audit.jsonl --import sheet.csv
printf 'id,target,label\nc1,ban,against\n' >one.csv
label audit.jsonl --import one.csv
label audit.jsonl --import one.csv --annotator zoé
label audit.jsonl --import one.csv --annotator zoé --replace
label audit.jsonl --import one.csv --annotator anna
printf 'id,target,label,annotator\nc9,ban,against,a\nc1,bans,against,a\nc1,ban,no,a\nc7,ban,none,a\nc2,ban,none,a\nc2,ban,favor,a\n' >bad.csv
before=$(cksum <audit.jsonl)
label audit.jsonl --import bad.csv
[ "$before" = "$(cksum <audit.jsonl)" ] && echo unchanged
cp "$DATA/label/audit.jsonl" copy.jsonl
label copy.jsonl --import one.csv --annotator zoé
printf 'goto c5\nlabel ban none\nlabel spying none\nlabel topic off\n' | label copy.jsonl --annotator léo
label --merge copy.jsonl audit.jsonl
printf 'goto c2\nlabel ban none\nnote autre\n' | label copy.jsonl --annotator zoé
label --merge copy.jsonl audit.jsonl
sed 's/1abe11ed/1abe11ee/' copy.jsonl >other.jsonl
label --merge other.jsonl audit.jsonl
label --status audit.jsonl
ls
