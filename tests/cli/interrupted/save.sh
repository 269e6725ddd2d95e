# Stopped while it writes: what can be caught removes the temporary; what cannot leaves the
# old file as it was beside it.
mkfifo dump
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
env --default-signal=INT true 2>/dev/null || { echo "needs env --default-signal" >&2; exit 77; }
echo 'the old labels' >labels
for signal in INT HUP KILL; do
    env --default-signal=INT "$STANCE" classify -q -m m -o labels dump &
    exec 3>dump
    cat "$ROOT/tests/cli/tiny.ndjson" >&3
    for i in $(seq 200); do
        ls | grep -q 'labels.tmp' && break
        sleep 0.05
    done
    kill -$signal $!
    wait $!
    echo "$signal: exit $?"
    exec 3>&-
    cat labels
    ls | sed 's/tmp.*/tmp…/'
done 2>/dev/null
