# Stopped in the middle of a cross-validation: results of before stay as they were.
env --default-signal=INT true 2>/dev/null || { echo "needs env --default-signal" >&2; exit 77; }
echo 'the old report' >report
echo 'the old rows' >rows
for signal in INT TERM KILL; do
    mkfifo corpus
    env --default-signal=INT "$STANCE" eval -q --cv 5 -j 1 -o report --predictions rows \
        --report folder corpus "$ROOT/corpus/gold/train.ndjson" &
    cat "$ROOT/tests/cli/tiny.ndjson" >corpus # it is running once this has been read
    sleep 0.2
    kill -$signal $!
    wait $!
    echo "$signal: exit $?"
    rm corpus
    cat report rows
    ls . folder
done 2>/dev/null
