# Unknown commands; a name near enough is suggested.
for name in trian clasify evaluate '' zzz "$(printf 'a\nb')" --hepl -x -; do
    "$STANCE" "$name" 2>&1
    echo "exit $?"
done
