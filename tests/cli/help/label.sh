# Help of a command on stdout.
"$STANCE" help label
"$STANCE" label -h | cmp - <("$STANCE" help label)
