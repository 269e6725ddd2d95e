# Nothing can be written: said, exit 5, whatever is printed.
for arguments in --help --version 'help train' 'train --help' 'completion bash'; do
    "$STANCE" $arguments >&-
    echo "$arguments: exit $?"
done
