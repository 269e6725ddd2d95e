[ -w /dev/full ] || exit 77
for arguments in --help --version 'help train' 'train --help' 'completion bash'; do
    "$STANCE" $arguments >/dev/full
    echo "$arguments: exit $?"
done
