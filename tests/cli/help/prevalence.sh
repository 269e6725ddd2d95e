# Help of a command on stdout.
"$STANCE" help prevalence
"$STANCE" prevalence -h | cmp - <("$STANCE" help prevalence)
