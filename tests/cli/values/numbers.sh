# Every option with a number: what is no number in range is refused, saying what was
# expected, and nothing is taken for zero. What is in range fails for want of a model.
export STANCE_MODEL=missing-model
bad=('' ' ' abc 0,5 3x ' 3' '3 ' 0x10 1e999 nan inf -inf -1 +1 18446744073709551616 --folds)
try() {
    local value status command=$1 option=$2
    for value in "${bad[@]}"; do
        printf '%s %s [%s] ' "$command" "$option" "$value"
        "$STANCE" "$command" "$option" "$value" missing >said 2>&1
        status=$?
        head -n 1 said
        printf 'exit %s\n' "$status"
    done
}
try train --folds
try train --seed
try train --jobs
try train --max-memory
try train --min-count
try train --grid
try classify --min-p
try classify --max-record
try classify --jobs
try eval --cv
try eval --min-macro-f1
try explain --number
