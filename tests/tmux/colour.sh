# NO_COLOR and terminals without colours; a terminal that cannot move its cursor is refused.
coloured() { tm capture-pane -e -p -t s | grep -q $'\e\\[[0-9;]*3[0-7]m'; }
start --annotator zoé
keys e
await shows '[e pour]' || bad 'no label'
await coloured || bad 'no colour'
keys q
await ended
for terminal in screen vt100; do
    [ $terminal = vt100 ] || settings=NO_COLOR=1
    start --annotator zoé
    await shows '[e pour]' || bad "$terminal: no label"
    ! coloured || bad "$terminal: a colour"
    keys q
    await ended
    settings=
done
terminal=dumb
start --annotator zoé
await shows 'by --commands' || bad 'dumb is not refused'
await ended
terminal=screen
