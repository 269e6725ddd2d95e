# What each command cannot do without, and what does not go together.
try() {
    "$STANCE" "$@" 2>&1
    echo "exit $?"
}
try train
try train corpus
try train -o model
try eval
try eval -m model
try eval gold
try eval -m model --cv 3 gold
try eval -m model --folds 3 gold
try eval -m model --gold gold
try eval --pred p
try eval --pred p q --gold g
try classify --target a --target-field b
try explain --text a b
try explain a b
try info a b
try info -m a b
try import
try completion
try completion fish
try compare gold - -
try eval --pred - --gold -
try classify - dump -
