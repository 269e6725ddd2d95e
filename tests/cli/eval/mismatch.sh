# Predictions that do not match: how many in each way, and the first five by name.
corpus=$ROOT/tests/cli/tiny.ndjson
id() { sed 's/.*"id":"\([^"]*\)".*/\1/' "$corpus"; }
{ echo id,target,label; id | sed 's/$/,ban,favor/'; } >pred
try() {
    "$STANCE" eval -q --pred p --gold "$corpus"
    echo "exit $?"
}
head -n 4 pred >p && try
head -n 1 pred >p && try
{ cat pred; echo extra,ban,favor; echo other,ban,none; } >p && try
{ cat pred; sed -n '2,3p' pred; } >p && try
sed '2s/^[^,]*/new/; 3p' pred >p && try
sed '2s/favor$//' pred >p && try
sed '2s/ban/bann/' pred >p && try
