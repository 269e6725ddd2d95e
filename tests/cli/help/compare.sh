# Help of a command on stdout.
"$STANCE" help compare
"$STANCE" compare -h | cmp - <("$STANCE" help compare)
