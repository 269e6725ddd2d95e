# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help eval
"$STANCE" eval -h | cmp - <("$STANCE" help eval)
"$STANCE" eval --help x y | cmp - <("$STANCE" help eval)
