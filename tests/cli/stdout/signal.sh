# A signal removes the temporary file and ends the program as signals do.
mkfifo pipe
"$STANCE" train -q -o model "$ROOT/tests/cli/tiny.ndjson"
"$STANCE" classify -q -m model -o out pipe &
exec 3>pipe
for i in $(seq 200); do
    ls | grep -q 'out.tmp' && break
    sleep 0.05
done
kill -TERM $!
wait $!
echo "exit $?"
exec 3>&-
ls
