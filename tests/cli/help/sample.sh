# Help of a command on stdout.
"$STANCE" help sample
"$STANCE" sample -h | cmp - <("$STANCE" help sample)
