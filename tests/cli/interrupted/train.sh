# Stopped while it trains: the old model stays as it was, and no temporary is left.
# A shell without job control starts what it sends to the background deaf to SIGINT.
env --default-signal=INT true 2>/dev/null || { echo "needs env --default-signal" >&2; exit 77; }
echo 'the old model' >model
for signal in INT TERM HUP KILL; do
    mkfifo corpus
    env --default-signal=INT "$STANCE" train -q -o model -j 1 corpus "$ROOT/corpus/gold/train.ndjson" &
    cat "$ROOT/tests/cli/tiny.ndjson" >corpus # it is running once this has been read
    sleep 0.2
    kill -$signal $!
    wait $!
    echo "$signal: exit $?"
    rm corpus
    cksum <model
    ls
done 2>/dev/null
