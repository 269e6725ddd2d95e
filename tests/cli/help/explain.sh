# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help explain
"$STANCE" explain -h | cmp - <("$STANCE" help explain)
"$STANCE" explain --help x y | cmp - <("$STANCE" help explain)
