# Program, model format and libraries on one line.
"$STANCE" --version | sed 's/[0-9][0-9.]*/N/g'
"$STANCE" -V | cmp - <("$STANCE" --version)
