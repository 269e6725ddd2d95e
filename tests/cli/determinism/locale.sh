# A locale with decimal commas and another order of letters changes nothing.
mkdir locale
localedef -i fr_FR -f UTF-8 locale/fr_FR.UTF-8 2>/dev/null
[ -e locale/fr_FR.UTF-8/LC_NUMERIC ] || { echo "needs localedef and the source of fr_FR" >&2; exit 77; }
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -o m --grid 0.25,1 "$corpus" 2>notes
"$STANCE" classify -q -m m --min-p 0.5 --probs "$corpus" >labels
"$STANCE" eval -q -m m "$corpus" >report
"$STANCE" eval -q -m m --json "$corpus" >report.json
"$STANCE" explain -q -m m >ngrams
"$STANCE" info m >info
french() { env LOCPATH="$PWD/locale" LC_ALL=fr_FR.UTF-8 LANG=fr_FR.UTF-8 "$@"; }
[ "$(french locale decimal_point)" = , ] || { echo "the locale cannot be used" >&2; exit 77; }
french "$STANCE" train -o n --grid 0.25,1 "$corpus" 2>&1 | cmp - notes && cmp m n && echo same model
french "$STANCE" classify -q -m m --min-p 0.5 --probs "$corpus" | cmp - labels && echo same labels
french "$STANCE" eval -q -m m "$corpus" | cmp - report && echo same report
french "$STANCE" eval -q -m m --json "$corpus" | cmp - report.json && echo same JSON
french "$STANCE" explain -q -m m | cmp - ngrams && echo same n-grams
french "$STANCE" info m | cmp - info && echo same description
