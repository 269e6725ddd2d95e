# Counts of one are told in the singular, and an exact test says of how many ways.
printf '%s\n' id,text,target,label 1,oui,ban,favor >gold
printf '%s\n' id,target,label 1,ban,favor >right
printf '%s\n' id,target,label 1,ban,against >wrong
"$STANCE" compare -q gold right wrong
