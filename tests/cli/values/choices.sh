try() {
    "$STANCE" "$@" >said 2>&1
    head -n 1 said
}
try classify --output xml
try classify --output NDJSON
try classify --encoding latin1
try train --class-weights=heavy
try import --encoding ''
