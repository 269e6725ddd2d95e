# What R and Python write for a missing label is a label here, which is said.
printf 'id,target,label\n1,ban,favor\n2,ban,NA\n3,ban,\n' >ana.csv
printf 'id,target,label\n1,ban,favor\n2,ban,none\n3,ban,nan\n' >bob.csv
"$STANCE" agree --resamples 0 ana.csv bob.csv 2>&1 >/dev/null | grep taken
printf 'id,target,label\n1,ban,favor\n2,ban,NA\n3,ban,\n' >gold.csv
"$STANCE" eval --resamples 0 --pred ana.csv --gold gold.csv 2>&1 >/dev/null | grep taken
sed 's/NA$//' gold.csv >empty.csv
"$STANCE" eval --resamples 0 --pred ana.csv --gold empty.csv 2>&1 >/dev/null | grep taken
"$STANCE" eval --resamples 0 --pred ana.csv --gold empty.csv 2>/dev/null | sed -n 2p
