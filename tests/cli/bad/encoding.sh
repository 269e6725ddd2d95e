# One corpus in many encodings and line ends: one model, byte for byte.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
same() {
    "$STANCE" train -q -o n "$@" || echo "exit $?"
    cmp m n && echo "$1: same model"
    rm -f n
}
sed 's/$/\r/' "$corpus" >crlf
{ printf '\357\273\277'; cat "$corpus"; } >bom
{ printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$corpus"; } >utf16le
{ printf '\376\377'; iconv -f UTF-8 -t UTF-16BE "$corpus"; } >utf16be
head -c -1 "$corpus" >unended
for file in crlf bom utf16le utf16be unended; do same $file; done
printf 'id,text,stance.ban\n' >latin
printf '%d,"l\222\351t\351 \200 %d",%s\n' 1 1 favor 2 2 against 3 3 favor 4 4 against 5 5 favor \
    6 6 against 7 7 favor 8 8 against >>latin
iconv -f WINDOWS-1252 -t UTF-8 latin >utf8
"$STANCE" train -q -o m utf8
same latin --encoding windows-1252
"$STANCE" train -q -o n latin
echo "exit $?"
"$STANCE" classify -q -m m --encoding windows-1252 latin >a
"$STANCE" classify -q -m m utf8 | cmp - a && echo "same labels"
printf '\377\376\000' >odd
"$STANCE" classify -q -m m odd
echo "exit $?"
