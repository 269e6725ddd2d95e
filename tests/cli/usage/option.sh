# Unknown options: long ones are never abbreviated, but the nearest is suggested.
try() {
    "$STANCE" "$@" 2>&1
    echo "exit $?"
}
try train --fold 5
try train --folds5
try classify --tagret=x
try classify --min_p 0.5
try classify --zzzzzzzzzz
try classify -z
try classify -qx
try eval --list-option
try help --list-option
try info --josn
try train --
