# What cannot be learnt from or judged against: the same words from train and eval.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
try() {
    printf "$@" >in
    "$STANCE" train -q -o n in 2>&1
    echo "train: exit $?"
    "$STANCE" eval -q -m m in >out 2>&1
    status=$?
    grep '^stance:' out
    echo "eval: exit $status"
}
a='{"id":"1","text":"oui","stance":{"ban":"favor"}}\n'
b='{"id":"2","text":"non","stance":{"ban":"against"}}\n'
echo '# one label'
try "$a"'{"id":"2","text":"non","stance":{"ban":"favor"}}\n'
echo '# no label'
try '{"id":"1","text":"oui"}\n{"id":"2","text":"non","stance":{"ban":null}}\n'
echo '# each target has one label'
try "$a"'{"id":"2","text":"non","stance":{"spying":"against"}}\n'
echo '# fewer comments than folds'
try "$a$b"
echo '# labelled twice'
try "$a$b$a"
echo '# conflicting labels'
try "$a$b"'{"id":"1","text":"oui","target":"ban","label":"against"}\n'
echo '# another text'
try "$a$b"'{"id":"1","text":"autre","stance":{"spying":"favor"}}\n'
echo '# twice without a label'
try "$a$b"'{"id":"3","text":"bof"}\n{"id":"3","text":"bof"}\n'
echo '# parents that form a cycle'
try "$a$b"'{"id":"3","parent":"4","text":"a"}\n{"id":"4","parent":"3","text":"b"}\n'
echo '# empty text, deleted text, no text, no id'
try "$a"'{"id":"2","text":" ","stance":{"ban":"against"}}\n'
try "$a"'{"id":"2","text":"[supprimé]","stance":{"ban":"against"}}\n'
try "$a"'{"id":"2","stance":{"ban":"against"}}\n'
try "$a"'{"text":"non","stance":{"ban":"against"}}\n'
echo '# a label that is no string'
try "$a"'{"id":"2","text":"non","stance":{"ban":-1}}\n'
echo '# not JSON'
try "$a"'{"id":"2","text":"non",}\n'
try "$a"'id,text\n'
try '{\n"id": 1\n}\n'
try '[\n{"id":1,"text":"a"}]\n'
