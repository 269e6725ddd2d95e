# Where a model is looked for, and that the one used is named. A file that is there is
# used or complained about, never passed over.
"$STANCE" train -q -o m "$ROOT/tests/cli/tiny.ndjson"
mkdir bin model share share/stance
cp "$STANCE" bin/stance
try() {
    bin/stance info 2>&1 >/dev/null | sed "s:$PWD:HERE:"
    echo "exit ${PIPESTATUS[0]}"
}
cp m model/tiktok-fr.stance
try
cp m share/stance/tiktok-fr.stance
try
echo junk >share/stance/tiktok-fr.stance
try
export STANCE_MODEL=m
try
export STANCE_MODEL=missing
try
export STANCE_MODEL=
try
bin/stance info -q -m m | head -n 1 | cut -c 1-12
