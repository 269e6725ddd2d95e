"$STANCE" help trian
echo $?
"$STANCE" help train eval
