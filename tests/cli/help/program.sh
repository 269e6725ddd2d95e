# No command, three ways to ask what there is; stdout, exit 0.
"$STANCE" --help
"$STANCE" -h | cmp - <("$STANCE" help)
