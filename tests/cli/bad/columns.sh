# Columns that are not there, or too many that could be meant.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
try() {
    printf "$1" >in
    shift
    for command in 'train -q -o n' 'classify -q -m m' 'eval -q -m m'; do
        "$STANCE" $command "$@" in 2>&1 | sed -E 's/,(against|favor),0\.[0-9]+/,LABEL,P/'
        echo "exit ${PIPESTATUS[0]}"
    done
}
try 'id,body,texte\n1,oui,non\n'
try 'foo;bar\n1;oui\n'
try 'id,text\n1,oui\n' --text-field body
try '{"id":1,"text":"oui"}\n' --text-field a.b
try 'id,text,target,label\n1,oui,ban\n2,non,ban,favor,x\n'
try 'id,text,target,label\n1,"oui,ban,favor\n2,non,ban,favor\n'
try 'id,text,label\n1,oui,favor\n'
