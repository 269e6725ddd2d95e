# A model is not written to a terminal.
command -v script >/dev/null || exit 77
script -qec '"$STANCE" train -o - corpus' /dev/null | tr -d '\r'
