# What is told of groups: comments without the field, copies in other groups, dates.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    for k in a b; do
        label=favor
        [ $((i % 2)) = 0 ] || label=against
        site='"site":"'$((i % 6))'",'
        [ $i -lt 11 ] || site=
        echo '{"id":"'$i$k'",'"$site"'"date":"2024-0'$((i % 9 + 1))'-03","text":"mot'$i' puis mot'$i'a et mot'$i$k' enfin mot'$i'c","target":"ban","label":"'$label'"}'
    done
done >base
sed '3s/"text":"[^"]*"/"text":"le meme texte dans deux groupes a la fois @a"/
     6s/"text":"[^"]*"/"text":"le meme texte dans deux groupes a la fois @b"/' base >corpus
told() { sed -n 's/^stance: //; /folds by/p; /near-dup/p; /comments without/p; /need as many/p'; }
for field in site date:month date:year id; do
    "$STANCE" train -o m --folds 3 --group $field corpus 2>&1 | told
done
"$STANCE" eval --cv=3 --group site corpus 2>&1 | tr '\n' ' ' | tr -s ' ' |
    grep -oE '([0-9]+ comments have|comments without) [^:]*: [a-z0-9, ]*(own|side)'
