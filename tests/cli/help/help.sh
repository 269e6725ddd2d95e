# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help help
"$STANCE" help -h | cmp - <("$STANCE" help help)
"$STANCE" help --help x y | cmp - <("$STANCE" help help)
