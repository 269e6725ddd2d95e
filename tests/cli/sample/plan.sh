# How many labels before there are any: for the whole, by week and month, by a field; what -n carries.
seq 5000 | awk '{ printf "{\"id\":\"c%d\",\"date\":\"2024-%02d-%02dT08:00\",\"site\":\"s%d\",\"text\":\"absurde %d\"}\n", $1, 1 + $1 % 12, 1 + $1 % 28, $1 % 3, $1 }' >dump
plan() { "$STANCE" sample -q "$@"; echo "exit $?"; }
plan --plan ±3 -n 400 dump
plan --plan +-5 --by site --seconds-per-comment 12 - <dump
"$STANCE" train -q -o m --folds 3 --grid 0.5 --word-share 0.3 "$ROOT/tests/cli/tiny.ndjson"
plan --plan 3 -m m --by site dump | grep model
plan --plan 0 dump
plan --plan trois dump
