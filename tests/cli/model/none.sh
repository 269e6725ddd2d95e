# No model named, none installed: every place is named.
mkdir bin
cp "$STANCE" bin/stance
bin/stance info
