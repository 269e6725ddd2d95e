# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help classify
"$STANCE" classify -h | cmp - <("$STANCE" help classify)
"$STANCE" classify --help x y | cmp - <("$STANCE" help classify)
