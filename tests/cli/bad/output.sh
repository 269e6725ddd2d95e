# Where nothing can be written: exit 5, and nothing is left behind.
[ -w /dev/full ] || { echo "needs /dev/full" >&2; exit 77; }
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
mkdir folder
for command in 'train -q' 'classify -q -m m' 'eval -q -m m'; do
    echo "# $command"
    for file in /dev/full nowhere/out folder folder/ ''; do
        "$STANCE" $command -o "$file" "$corpus" 2>&1
        echo "exit $?"
    done
    [ "$command" = 'train -q' ] && command='train -q -o -'
    "$STANCE" $command "$corpus" 2>&1 >/dev/full
    echo "exit $?"
    { "$STANCE" $command "$corpus" >&-; } 2>&1
    echo "exit $?"
done
for command in 'info m' 'explain -m m'; do
    "$STANCE" $command 2>&1 >/dev/full
    echo "exit $?"
done
ls . folder
