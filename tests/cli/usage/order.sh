# Options after operands, values attached and apart, the last one wins, "--" ends options.
echo '{"id":"1","text":"a","target":"t","label":"l"}' >--json
try() {
    "$STANCE" "$@" 2>&1 | head -n 1
}
try eval nothing --json -m missing
try info -mmissing
try info --model=missing
try info --model first -m missing
try info -- --json
try info --model=a=b
