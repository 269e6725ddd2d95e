# The input as the output, by its name and through a link: read to its end, then replaced.
"$STANCE" train -q -o model "$ROOT/tests/cli/tiny.ndjson"
printf 'id,text\n1,oui\n2,non\n' >dump.csv
"$STANCE" classify -q -m model -o wanted.csv dump.csv
cp dump.csv by-name.csv
"$STANCE" classify -q -m model -o by-name.csv by-name.csv
cmp by-name.csv wanted.csv
ln -s dump.csv link.csv
"$STANCE" classify -q -m model -o link.csv dump.csv
cmp dump.csv wanted.csv
readlink link.csv
ls
