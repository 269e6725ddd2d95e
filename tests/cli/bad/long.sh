# A record of a mebibyte is read, a longer one is told and passed over, or refused.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
line() {
    printf '{"id":"%s","text":"' "$1"
    head -c "$2" /dev/zero | tr '\0' a
    printf '","stance":{"ban":"%s"}}\n' "$3"
}
{ line 1 1000000 favor; line 2 10 against; } >fits
{ line 1 10 favor; line 2 1100000 against; line 3 10 favor; } >long
"$STANCE" classify -q -m m fits | grep -o '"stance_status".*'
"$STANCE" classify -q -m m long | grep -o '"stance_status".*'
"$STANCE" classify -q -m m --max-record 2M long | grep -o '"stance_status".*'
try() {
    "$STANCE" "$@" 2>&1
    echo "exit $?"
}
try train -q -o n long
try eval -q -m m long
try classify -q -m m --strict -o out long
ls
