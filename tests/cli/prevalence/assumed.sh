# Without an audit the answer is no; with an assumption it is said first and last in every form.
. "$ROOT/tests/cli/prevalence/fixture"
make_dump 600
make_model
prevalence() { "$STANCE" prevalence -q -m m "$@"; }
told prevalence dump.ndjson
for how in adjusted sld count; do
    echo "== $how"
    prevalence --assume-same-errors $how dump.ndjson >report
    head -n 3 report
    tail -n 3 report
    prevalence --assume-same-errors $how --by source --tsv -t ban dump.ndjson | cut -f 3,4,7,8,10,11,23,24 | steady | cut -c 1-150
    prevalence --assume-same-errors $how --json dump.ndjson | cut -c 1-160
    prevalence --assume-same-errors $how --json dump.ndjson | tail -c 160
    for language in fr en; do
        prevalence --assume-same-errors $how --methods $language dump.ndjson | steady >methods
        head -n 1 methods | cut -c 1-200
        tail -n 1 methods | cut -c 1-200
    done
    prevalence --assume-same-errors $how --html page.html -o report dump.ndjson
    grep -oE '(ASSUMPTION, NOT|BIASED: pred)[^.]*' page.html | cut -c 1-90
    prevalence --assume-same-errors $how --json -j 1 dump.ndjson >one
    prevalence --assume-same-errors $how --json -j 3 dump.ndjson | cmp - one && echo 'the same with three threads'
done
make_audit -n 20
told prevalence --assume-same-errors sld --audit audit.jsonl dump.ndjson
told prevalence --assume-same-errors sld --among taking-sides dump.ndjson
told prevalence --assume-same-errors adjusted --per-author dump.ndjson
told prevalence --assume-same-errors adjusted --rows rows dump.ndjson
told prevalence --assume-same-errors guess dump.ndjson
