# What cannot be compared is an error that says where.
try() {
    "$STANCE" agree -q "$@" 2>&1
    echo "exit $?"
}
echo '# nothing named'
try
echo '# two labels of one annotator'
printf 'id,annotator,target,label\n1,a,ban,favor\n1,b,ban,favor\n1,a,ban,none\n2,a,ban,none\n' >x.csv
try x.csv
echo '# the same label twice is one'
printf 'id,annotator,target,label\n1,a,ban,favor\n1,b,ban,favor\n1,a,ban,favor\n2,a,ban,none\n2,b,ban,none\n' >y.csv
"$STANCE" agree -q y.csv | sed -n 1,10p
echo '# one annotator'
printf 'id,target,label\n1,ban,favor\n' >a.csv
try a.csv
echo '# two files of one name'
mkdir d
cp a.csv d/a.csv
try a.csv d/a.csv
echo '# standard input without annotators'
try - <a.csv
echo '# no such field'
try --annotator-field who a.csv
echo '# damaged'
printf '{"id":"1","stance":{"ban":"favor"}}\n{"id":"2","stance":{"ban":"fav\n' >broken.ndjson
try broken.ndjson
printf 'id,target,label\n1,ban,favor\n2,ban\n' >short.csv
try short.csv
printf 'id,target,label\n1,b\303n,favor\n' >bytes.csv
try bytes.csv
echo '# comments that lack an id'
printf 'id,thread\n9,t\n' >comments.csv
try y.csv --comments comments.csv
echo '# no such group'
try y.csv --group page
echo '# no such file'
try none.csv
echo '# comments without threads: no advice to name comments'
printf 'id\n1\n2\n' >ids.csv
"$STANCE" agree -q y.csv --comments ids.csv | grep -A1 'no threads'
echo '# labels under names that are not known'
printf 'id,cible,position\n1,ban,favor\n' >french.csv
try french.csv
