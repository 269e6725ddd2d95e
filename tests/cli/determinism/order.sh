# The order of rows and the files they are in change no byte of the model.
corpus=$ROOT/tests/cli/tiny.ndjson
"$STANCE" train -q -o m "$corpus"
for source in "$STANCE" "$ROOT/LICENSE" "$ROOT/Makefile"; do
    shuf --random-source="$source" "$corpus" >shuffled
    "$STANCE" train -q -o n shuffled
    cmp m n && echo same model
done
tac "$corpus" | "$STANCE" train -q -o - - | cmp - m && echo same model
split -n l/3 "$corpus" part.
"$STANCE" train -q -o n part.ac part.aa part.ab
cmp m n && echo same model
"$STANCE" train -q -o n part.ac - part.ab <part.aa
cmp m n && echo same model
"$STANCE" train -q -o n --seed 2 "$corpus"
cmp -s m n || echo another seed, another model
