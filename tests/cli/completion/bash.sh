# The script as bash uses it: '=' is a word of its own there.
"$STANCE" completion bash >script
. ./script
touch data.csv
complete_words() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _stance
    printf '%s:' "$*"
    printf ' [%s]' "${COMPREPLY[@]}"
    echo
}
complete_words stance tr
complete_words stance train --fo
complete_words stance classify --pro
complete_words stance classify --output = n
complete_words stance classify --output = ""
complete_words stance classify --output =
complete_words stance classify --encoding win
complete_words stance classify -m da
complete_words stance classify --output-file = da
complete_words stance train --seed ''
complete_words stance eval da
complete_words stance help --list
