# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help completion
"$STANCE" completion -h | cmp - <("$STANCE" help completion)
"$STANCE" completion --help x y | cmp - <("$STANCE" help completion)
