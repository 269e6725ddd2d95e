# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help import
"$STANCE" import -h | cmp - <("$STANCE" help import)
"$STANCE" import --help x y | cmp - <("$STANCE" help import)
