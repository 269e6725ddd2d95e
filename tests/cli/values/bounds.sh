# The ends of the ranges: the first value of each pair is refused, the second gets as far
# as the missing file.
try() {
    local status
    "$STANCE" "$@" >/dev/null 2>said
    status=$?
    head -n 1 said
    echo "exit $status"
}
for pair in folds=1 folds=2 folds=1001 folds=1000 jobs=1025 jobs=1024 max-memory=0 max-memory=1 \
    min-count=0 min-count=4294967296 min-count=1 \
    grid=0 grid=0.000001 grid=1,1 grid=1,2 grid=2,1 grid=1, grid=,1 \
    grid=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17 grid=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 \
    words=0 words=9 words=8 chars=0,3 chars=3,17 chars=2,3,4 chars=2.5,4 chars=3 chars=1,16 \
    word-share=0.67 word-share=0.1,0.2,0.3,0.4,0.5 word-share=0,0.66 add-share=1.01 add-share=0,1; do
    echo "$pair"
    try train -o model "--$pair" missing
done
for pair in max-record=1023 max-record=1K max-record=1025M max-record=1024m max-record=K \
    max-record=17179869184K min-p=1.01 min-p=1 min-p=1e-3; do
    echo "$pair"
    try classify -m missing "--$pair"
done
