# Names of annotators that begin alike stand whole, above their figures.
long=annotator-of-the-second-team
printf '%s\n' id,annotator,target,label 1,$long-a,ban,favor 1,$long-b,ban,none 1,c,ban,none >x.csv
"$STANCE" agree -q --resamples 0 x.csv | sed -n '/labels given/,/^unit/p'
"$STANCE" agree -q --resamples 0 x.csv | awk 'length($0) > 80'
