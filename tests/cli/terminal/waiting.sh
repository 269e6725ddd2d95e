# Reading from a terminal is said, once; nothing is said of a file.
command -v script >/dev/null || exit 77
printf '\004' | script -qec '"$STANCE" import - >/dev/null' /dev/null | tr -d '\r' | grep -c 'Ctrl-D'
script -qec '"$STANCE" import /dev/null >/dev/null' /dev/null | tr -d '\r' | grep -c 'Ctrl-D'
