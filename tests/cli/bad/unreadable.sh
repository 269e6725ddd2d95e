# No permission to read. Root may read anything, so the privilege is dropped where it can be.
run() { "$STANCE" "$@"; }
if [ "$(id -u)" = 0 ]; then
    drop="setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all"
    $drop true 2>/dev/null || { echo "needs setpriv to be another user than root" >&2; exit 77; }
    chmod 755 .
    cp "$STANCE" ./program && chmod 755 ./program
    $drop ./program --version >/dev/null 2>&1 || { echo "the folder cannot be entered" >&2; exit 77; }
    run() { $drop ./program "$@"; }
fi
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
cp "$corpus" readable
cp "$corpus" locked
cp m locked-model
chmod 644 m readable
chmod 000 locked locked-model
try() {
    run "$@" 2>&1
    echo "exit $?"
}
try train -q -o - locked
try classify -q -m m locked
try classify -q -m locked-model readable
try eval -q -m m locked
try info locked-model
mkdir closed
chmod 555 closed
try train -q -o closed/m readable
try classify -q -m m -o closed/out readable
