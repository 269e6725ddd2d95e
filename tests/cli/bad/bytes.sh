# Bytes that are no text: train says where they are, classify labels the rest.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
show() {
    "$STANCE" "$@" 2>&1 | sed -E 's/0\.[0-9]{4}/P/g; s/(against|favor)/LABEL/g'
    echo "exit ${PIPESTATUS[0]}"
}
printf '{"id":1,"text":"oui"}\n{"id":2,"text":"\351t\351"}\n{"id":3,"text":"non"}\n' >latin
show train -q -o n latin
show eval -q -m m latin
show classify -q -m m latin
show classify -q -m m --strict latin
show classify -q -m m --strict --lossy latin
show classify -m m latin 2>&1 >/dev/null | grep -o '1 undecodable'
printf 'id,text,ban\n1,oui,a\n2,\351t\351,b\n' >latin.csv
show train -q -o n latin.csv
show classify -q -m m --prefix x_ latin.csv
echo '# NUL is a byte like another, in JSON only as an escape'
printf '{"id":1,"text":"oui\\u0000non"}\n{"id":2,"text":"oui\000non"}\n' >nul
show classify -q -m m nul
show train -q -o n nul
printf 'id,text\n1,oui\000non\n' | "$STANCE" classify -q -m m | tail -n 1 | cut -d, -f 1-2 | od -An -c
echo '# a binary file'
head -c 3000 m >binary
show train -q -o n binary
show classify -q -m m binary
show eval -q -m m binary
