# A killed session loses nothing, says so, and is not passed over by who reads the labels.
cp "$DATA/label/audit.jsonl" audit.jsonl
mkfifo commands
"$STANCE" label audit.jsonl --annotator zoé <commands >said &
exec 3>commands
printf 'label ban favor\nlabel spying none\n' >&3
until [ "$(grep -c 'spying none' said)" = 1 ]; do sleep .05; done
"$STANCE" label audit.jsonl --annotator anna </dev/null 2>&1 | sed 's/process [0-9]*/process N/'
"$STANCE" label --fold audit.jsonl 2>&1 | sed 's/process [0-9]*/process N/'
kill -9 $!
wait $! 2>/dev/null
exec 3>&-
wc -l <audit.jsonl.journal
"$STANCE" agree audit.jsonl 2>&1
"$STANCE" train -o model.stance audit.jsonl 2>&1
"$STANCE" sample --extend audit.jsonl -n 5 audit.jsonl 2>&1
"$STANCE" label --merge audit.jsonl audit.jsonl 2>&1
"$STANCE" label --status audit.jsonl
printf '{"audit":"0000' >>audit.jsonl.journal
printf 'show\nundo\n' | "$STANCE" label audit.jsonl --annotator zoé 2>&1
ls
"$STANCE" label --fold audit.jsonl && ls
