for file in missing . /dev/null "$ROOT/LICENSE"; do
    "$STANCE" info "$file" 2>&1 | sed "s:$ROOT:ROOT:"
    echo "exit ${PIPESTATUS[0]}"
done
