# A file that cannot be read, or holds nothing, for each command that reads one.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
: >empty
mkdir folder
try() {
    "$STANCE" "$@" 2>&1
    echo "exit $?"
}
for file in missing folder empty; do
    echo "# $file"
    try train -q -o n "$file"
    try classify -q -m m "$file"
    try eval -q -m m "$file"
    try eval -q --cv 3 "$file"
    try eval -q --pred "$file" --gold "$corpus"
    try eval -q --pred "$corpus" --gold "$file"
    try train -q -o n --targets "$file" "$corpus"
    try import "$file"
    try info "$file"
    try classify -q -m "$file" "$corpus"
done
# one bad file among good ones
try train -q -o n "$corpus" missing
try classify -q -m m missing "$corpus"
ls
