# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help info
"$STANCE" info -h | cmp - <("$STANCE" help info)
"$STANCE" info --help x y | cmp - <("$STANCE" help info)
