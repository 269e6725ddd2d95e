# Commands instead of keys: what is said is in the audit, and nothing is left beside it.
cp "$DATA/label/audit.jsonl" audit.jsonl
"$STANCE" label audit.jsonl --annotator zoé --commands - <<'END'
show
label ban favor minors
label spying against
code denies
undo
label spying none
label topic on
note règle 5
next
skip
open
show
goto c4
label topic off
label topic -
undo
previous
goto #1
status
quit
label ban against
END
"$STANCE" label --status audit.jsonl
tail -n +2 audit.jsonl | grep annotations | sed 's/.*"annotations"/"annotations"/'
ls
