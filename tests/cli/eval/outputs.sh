# Whether results can be written is found out before anything is read: here the gold is missing.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
echo text >file
mkdir folder
try() {
    "$STANCE" eval -q -m m "$@" missing 2>&1
    echo "exit $?"
}
try -o nowhere/out
try -o folder
try --predictions nowhere/out
try --predictions folder
try --report file
try --report file/below
try --report nowhere/below
try --report folder -o nowhere/out
ls . folder
cat file
