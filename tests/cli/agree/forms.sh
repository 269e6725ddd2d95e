# One annotator a file or several, any form, fields of other names: the same report.
a='1 t ban favor
2 t ban none
3 u ban against'
b='1 t ban favor
2 t ban against
3 u ban against'
{ echo id,thread,target,label; echo "$a" | tr ' ' ,; } >ana.csv
{ printf 'id\tthread\ttarget\tlabel\n'; echo "$b" | tr ' ' '\t'; } >bob.tsv
"$STANCE" agree -o one ana.csv bob.tsv
cat one
{ echo 'n;who;thread;on;says'
  echo "$a" | awk '{ print $1 ";ana;" $2 ";" $3 ";" $4 }'
  echo "$b" | awk '{ print $1 ";bob;" $2 ";" $3 ";" $4 }'; } >all.csv
"$STANCE" agree -q --id-field n --annotator-field who --target-field on --label-field says \
    all.csv | cmp - one
{ echo "$b" | sed 's/\(.*\) \(.*\) \(.*\) \(.*\)/{"id":\1,"annotator":"bob","thread":"\2","stance":{"\3":"\4"}}/'
  echo "$a" | sed 's/\(.*\) \(.*\) \(.*\) \(.*\)/{"id":"\1","annotator":"ana","thread":"\2","target":"\3","label":"\4"}/'
} | gzip >x.ndjson.gz
"$STANCE" agree -q x.ndjson.gz | cmp - one
gzip -dc x.ndjson.gz | "$STANCE" agree -q - | cmp - one
echo '# JSON'
"$STANCE" agree -q --json --list 1 --resamples 0 ana.csv bob.tsv
