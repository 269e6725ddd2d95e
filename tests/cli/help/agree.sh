# Help of a command on stdout.
"$STANCE" help agree
"$STANCE" agree -h | cmp - <("$STANCE" help agree)
