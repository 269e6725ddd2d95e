# Help of a command on stdout, the same whichever way it is asked for.
"$STANCE" help train
"$STANCE" train -h | cmp - <("$STANCE" help train)
"$STANCE" train --help x y | cmp - <("$STANCE" help train)
