# No line of any help is wider than a terminal.
for command in '' train classify eval compare agree explain info import completion help; do
    "$STANCE" help $command | awk -v c="$command" 'length($0) > 79 { print c ": " $0 }'
done
