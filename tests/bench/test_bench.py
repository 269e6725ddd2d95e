# SPDX-License-Identifier: MIT
"""Tests of eval/bench, without a network; the last ones run STANCE on a part of our corpus.

    test_bench.py STANCE

A function test_* is one test; its docstring says what holds. Skip says why it cannot be run here.
"""
import contextlib
import io
import json
import os
import sys
import tempfile
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "eval"))
sys.dont_write_bytecode = True
from bench import folds, main, peers, program, recipe, results, rows, score  # noqa: E402
from bench import shapes, table, tune  # noqa: E402
from bench.rows import Row  # noqa: E402

STANCE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""


class Skip(Exception):
    pass


def equal(found, expected):
    assert found == expected, f"found {found!r}, expected {expected!r}"


def fails(kind, words, function, *arguments):
    """Asserts that a call fails with a message that has the words."""
    try:
        function(*arguments)
    except kind as error:
        assert words in str(error), f"'{error}' does not say '{words}'"
    else:
        raise AssertionError(f"no failure, expected '{words}'")


GOOD = """# a comment
title: a title: with a colon
language: French
corpus: a/one.jsonl a/two.jsonl
folds: 5
group: author
seeds: 1 2
metric: macro_f1
aim: 62.5
published: SVM 68.98; the same rows; Somebody 2016
published: BERT 75.1; other rows; Somebody 2019
"""


def test_recipe_read():
    """a benchmark file is read key by key"""
    read = recipe.parse(GOOD, "some/name")
    equal((read.name, read.title, read.source), ("name", "a title: with a colon", "STANCE_DATA"))
    equal((read.corpus, read.folds, read.seeds), (("a/one.jsonl", "a/two.jsonl"), 5, (1, 2)))
    equal(read.published[1], recipe.Published("BERT", "75.1", "other rows", "Somebody 2019"))
    equal((read.aim, read.per_target), (62.5, False))


BAD_RECIPES = [  # what is replaced, by what, what is said
    ("folds: 5", "folds: 1", "f:5: '1': expected a whole number from 2"),
    ("folds: 5\n", "", "corpus and folds go together"),
    ("corpus: a/one.jsonl a/two.jsonl\n", "", "expected train and test, or corpus"),
    ("folds: 5", "folds: 5\ntrain: a\ntest: b", "expected train and test, or corpus"),
    ("title: a title: with a colon\n", "", "no title"),
    ("metric: macro_f1", "metric: f1", "expected macro_f1 or f_avg"),
    ("group: author", "groups: author", "f:6: expected 'key: value'"),
    ("group: author", "group:", "f:6: expected 'key: value'"),
    ("group: author", "group: author\ngroup: thread", "f:7: group is there twice"),
    ("BERT 75.1;", "BERT;", "expected 'SYSTEM VALUE; measured on; source'"),
    ("aim: 62.5", "aim: high", "expected a figure in percent"),
]


def test_recipe_refused():
    """a bad benchmark file is refused with its line"""
    for old, new, said in BAD_RECIPES:
        assert old in GOOD
        fails(recipe.RecipeError, said, recipe.parse, GOOD.replace(old, new), "f")


def test_recipes_of_the_project():
    """every file of eval/benchmarks can be read, and our own corpus is there"""
    read = recipe.read_all(main.BENCHMARKS)
    assert len(read) >= 8
    for one in read.values():
        if one.source == "project":
            assert all(os.path.exists(os.path.join(ROOT, path)) for path in one.files())


def scratch_file(folder, text):
    path = os.path.join(folder, "file")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def test_predictions_read():
    """predictions are read with their folds, tabs, line ends and backslashes"""
    with tempfile.TemporaryDirectory() as folder:
        read = rows.read_tsv(scratch_file(
            folder, "id\ttarget\tfold\na\\tb\tc\\\\nd\\n\t0\nx\ty\t\n"))
        equal(read, [{"id": "a\tb", "target": "c\\nd\n", "fold": "0"},
                     {"id": "x", "target": "y", "fold": ""}])
        fails(ValueError, "2 fields, expected 3", rows.read_tsv,
              scratch_file(folder, "id\ttarget\tfold\na\tb\n"))
        for value in ("a\tb", "\\t", "\\", "a\\\nb", "\\\\n", "plain", "\r"):
            equal(rows.unescape(rows.escape(value)), value)


def test_rows_read():
    """a comment gives a row per labelled target, grouped as stance groups"""
    text = '{"id": 7, "text": "a", "author": "x", "stance": {"ban": "favor", "spying": null}}\n\n' \
        '{"id": "8", "text": "b", "stance": {"ban": "none"}}\n{"id": "9", "text": "c"}\n'
    with tempfile.TemporaryDirectory() as folder:
        path = scratch_file(folder, text)
        equal(rows.read_rows([path], statements={"ban": "Ban it."}),
              [Row("7", "ban", "favor", "a", "Ban it.", "author x"),
               Row("8", "ban", "none", "b", "Ban it.", "comment 8")])


def some_rows():
    """Six comments in three threads, about two targets."""
    return [Row(f"c{i}", target, "favor" if i % 2 else "none", f"text {i}", target, f"t{i // 2}")
            for i in range(6) for target in ("a", "b")]


def predicted(fold_of):
    return [{"id": row.id, "target": row.target, "fold": fold_of(row)} for row in some_rows()]


def test_outer_folds():
    """the outer folds are those of the predictions file"""
    splits = folds.outer_splits(some_rows(), predicted(lambda row: row.group[1:]))
    equal([[row.id for row in test[::2]] for _, test in splits],
          [["c0", "c1"], ["c2", "c3"], ["c4", "c5"]])
    for train, test in splits:
        equal(set(train) | set(test), set(some_rows()))
        equal(len(train) + len(test), 12)


def test_outer_folds_refused():
    """outer folds that peers could not share are refused"""
    whole = predicted(lambda row: row.group[1:])
    for found, said in (
            (whole[1:], "each labelled row once"), (whole + whole[:1], "each labelled row once"),
            (predicted(lambda row: ""), "without a fold"),
            (predicted(lambda row: row.id[1:]), "a group is in two folds")):
        fails(ValueError, said, folds.outer_splits, some_rows(), found)


def test_inner_folds():
    """inner folds are even, keep groups whole and do not depend on the order of rows"""
    many = [Row(f"c{i}", "a", "x", group=f"g{i % 13}") for i in range(100)]
    splits = folds.inner_splits(many, 4, 1)
    for train, test in splits:
        assert not {row.group for row in train} & {row.group for row in test}
        assert 20 <= len(test) <= 32, len(test)
    equal(sorted(row.id for _, test in splits for row in test), sorted(row.id for row in many))
    turned = folds.inner_splits(many[::-1], 4, 1)
    equal([{row.id for row in test} for _, test in splits],
          [{row.id for row in test} for _, test in turned])
    assert splits != folds.inner_splits(many, 4, 2)
    equal(len(folds.inner_splits(many[:3], 5, 1)), 3)


def test_score():
    """F1 as worked by hand"""
    gold = ["favor", "favor", "against", "none", "none"]
    found = ["favor", "none", "against", "against", "none"]
    # favor: 1 right, 1 missed: 2/3; against: 1 right, 1 too many: 2/3; none: 1, 1 and 1: 1/2
    equal(round(score.macro_f1(gold, found), 9), round((2 / 3 + 2 / 3 + 1 / 2) / 3, 9))
    equal(round(score.f_avg(gold, found), 9), round(2 / 3, 9))
    equal(score.macro_f1(["a", "a"], ["b", "b"]), 0.0)


class Peer:
    """Answers the setting's label where the text has the word "odd", else "none"."""
    NAME, INNER_FOLDS = "fake", 2
    START = {"label": "wrong", "n": 0}
    STEPS = [[{"label": "wrong"}, {"label": "favor"}], [{"n": 1}, {"n": 2}]]
    QUICK_STEPS = []
    asked = 0

    @staticmethod
    def version():
        return "1"

    @staticmethod
    def words(setting):
        return "%(label)s %(n)d" % setting

    @classmethod
    def predict_all(cls, settings, texts, labels, test_texts, seed):
        assert len(texts) == len(labels)
        cls.asked += 1
        return [[s["label"] if "odd" in text else "none" for text in test_texts]
                for s in settings]


def odd_rows(target_of=lambda i: "a", n=200):
    return [Row(f"c{i}", target_of(i), ["none", "favor"][i % 2], ["even", "odd"][i % 2],
                f"says {target_of(i)}", f"g{i // 4}") for i in range(n)]


def test_shapes():
    """targets are joined or modelled apart as the rows allow"""
    one, two = odd_rows(), odd_rows(lambda i: "ab"[i % 4 // 2])
    unseen = odd_rows(lambda i: "abc"[i % 3])
    for train, test, expected in (
            (one, one, [shapes.COMMENT]), (two, two, [shapes.JOINED, shapes.PER_TARGET]),
            (two[:90], two, [shapes.JOINED]), (two, unseen, [shapes.JOINED]),
            (unseen, one, [shapes.JOINED, shapes.PER_TARGET])):
        equal(shapes.possible(train, test), expected)
    equal(shapes.text_of(two[0], shapes.JOINED), "says a even")
    right = [row.label for row in two]
    for shape in (shapes.JOINED, shapes.PER_TARGET):
        equal(shapes.predict(Peer, [{"label": "favor"}, {"label": "x"}], shape, two, two, 1),
              [right, [label.replace("favor", "x") for label in right]])
    equal(shapes.predict(Peer, [{}], shapes.PER_TARGET, two[::2], two, 1), [["none"] * 200])


def test_tuning():
    """settings are chosen on the training side: gold labels of the test side change nothing"""
    train, test = odd_rows(), odd_rows(n=8)
    hidden = [Row(r.id, r.target, "against", r.text, r.statement, r.group) for r in test]
    for rows_ in (test, hidden):
        labels, chosen = tune.tuned_predictions(Peer, train, rows_, "macro_f1", 1, Peer.STEPS)
        equal((labels, chosen), (["none", "favor"] * 4, "favor 0 comment"))
    labels, chosen = tune.tuned_predictions(Peer, train, test, "macro_f1", 1, [])
    equal((labels[1], chosen), ("wrong", "wrong 0 comment"))


def test_cache():
    """a peer's answer is taken from the cache while nothing that decides it changes"""
    train, test = odd_rows(), odd_rows(n=8)
    peers.PEERS["fake"] = Peer
    with tempfile.TemporaryDirectory() as folder:
        first = peers.answer("fake", train, test, "macro_f1", 1, False, folder)
        asked = Peer.asked
        equal(list(peers.answer("fake", train, test, "macro_f1", 1, False, folder)), list(first))
        equal(Peer.asked, asked)
        peers.answer("fake", train[4:], test, "macro_f1", 1, False, folder)
        assert Peer.asked > asked
    del peers.PEERS["fake"]


REPORT = {"grouped_by": "thread", "views": [
    {"target": target, "field": field, "value": None, "rows": n, "groups": 30, "systems": [
        {"name": "model", "kind": "judged",
         "figures": {"macro_f1": {"value": 0.5, "low": 0.4, "high": 0.6},
                     "accuracy": {"value": None, "low": None, "high": None}}},
        {"name": "majority", "kind": "baseline", "figures": {"macro_f1": {"value": 0.25}}}]}
    for target, field, n in ((None, None, 10), ("ban", None, 6), (None, "register", 4))]}


def test_report():
    """figures are taken from the views of all targets, and of each where asked"""
    found = program.figures(REPORT, False)
    equal(found, [program.Figure("stance", "", "macro_f1", 0.5, 0.4, 0.6, 10, 30, "thread"),
                  program.Figure("majority", "", "macro_f1", 0.25, None, None, 10, 30, "thread")])
    equal([f.target for f in program.figures(REPORT, True)], ["", "", "ban", "ban"])


def kept_row(system, value, low="", high="", seed=1, target="", name="name"):
    row = dict.fromkeys(results.ACCURACY, "")
    row.update(benchmark=name, system=system, target=target, metric="macro_f1", value=value,
               low=low, high=high, seed=str(seed))
    return row


def compared_row(system, p, seed=1):
    return {"benchmark": "name", "a": "stance", "b": system, "p_holm": p, "seed": str(seed)}


ACCURACY = [kept_row("stance", "63.00", "61.00", "65.00"),
            kept_row("stance", "64.00", "62.00", "66.04", seed=2),
            kept_row("fasttext", "50.00"), kept_row("fasttext", "51.00", seed=2),
            kept_row("majority per target", "40.00"), kept_row("stance", "70.00", target="ban"),
            kept_row("target-blind", "60.00", target="ban")]
COMPARED = [compared_row("fasttext", "0.0100"), compared_row("fasttext", "0.0300", 2)]


def test_tables():
    """tables show means over seeds, intervals, differences, and what was not measured"""
    read = recipe.parse(GOOD + "per_target: yes\n", "name")
    equal(table.readme_tables({"name": read}, ACCURACY, COMPARED), [
        "| data | metric | `stance` | fastText | scikit-learn | majority | aim | published |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| a title: with a colon, French, 5 folds by author, mean of 2 seeds | macro-F1 | "
        "63.5 [61.5, 65.5] | 50.5 * | – | 40.0 | 62.5, reached | SVM 68.98, BERT 75.1 |",
        "", "a title: with a colon, French, 5 folds by author, mean of 2 seeds, macro-F1 per "
        "target:", "",
        "| target | `stance` | fastText | scikit-learn | target-blind | majority |",
        "| --- | --- | --- | --- | --- | --- |", "| `ban` | 70.0 | – | – | 60.0 | – |"])
    assert not table.differs([COMPARED[0], compared_row("fasttext", "0.06", 2)], read, "fasttext")
    equal(len(table.text_table({"name": read}, ACCURACY, [])), 2)
    equal(len(table.text_table({"name": read}, [], [])), 1)


def test_filled():
    """what stands between the README's marks is replaced, and nothing else"""
    text = f"a\n{table.BEGIN}old\n{table.END}b\n"
    equal(table.filled(text, ["x", "y"]), f"a\n{table.BEGIN}x\ny\n{table.END}b\n")
    for bad in (text.replace(table.BEGIN, ""), text.replace(table.END, "")):
        fails(ValueError, "no marks", table.filled, bad, [])


def test_results_kept():
    """measured benchmarks are replaced in the kept results, the others stay"""
    def line(name, value):
        return list(kept_row("stance", value, name=name).values())
    with tempfile.TemporaryDirectory() as folder:
        results.keep(folder, "accuracy.tsv", [line("b", "1"), line("a", "2")], ["a", "b"])
        results.keep(folder, "accuracy.tsv", [line("b", "3"), line("b", "4")], ["b"])
        equal([(r["benchmark"], r["value"]) for r in results.read(folder, "accuracy.tsv")],
              [("a", "2"), ("b", "3"), ("b", "4")])
    equal(results.in_words(["x", "y", "x"]), "x (2); y (1)")
    equal((results.in_words(["x"]), results.percent(0.12345), results.percent(None)),
          ("x", "12.35", ""))


def test_results_of_the_project():
    """kept results have their columns, and no path of a machine"""
    for name, header in results.FILES.items():
        for record in results.read(main.RESULTS, name):
            equal(list(record), header)
            assert " /" not in " ".join(record.values()), record


SMALL = """title: a part of our corpus
language: French
corpus: small.ndjson
folds: 2
group: thread
metric: macro_f1
per_target: yes
"""


def small_project(folder):
    """Eight threads of our corpus, and a benchmark file for them."""
    with open(os.path.join(ROOT, "corpus", "gold", "train.ndjson"), encoding="utf-8") as file:
        lines = [line for line in file if json.loads(line)["thread"] <= "t008"]
    with open(os.path.join(folder, "small.ndjson"), "w", encoding="utf-8") as file:
        file.writelines(lines)
    os.mkdir(os.path.join(folder, "benchmarks"))
    with open(os.path.join(folder, "benchmarks", "small"), "w", encoding="utf-8") as file:
        file.write(SMALL)
    return recipe.read_all(os.path.join(folder, "benchmarks"))["small"]


def needs_program():
    if not STANCE:
        raise Skip("no program")


def test_metrics_agree():
    """the metrics that peers are tuned for are those that stance reports"""
    with tempfile.TemporaryDirectory() as folder:
        needs_program()
        small = small_project(folder)
        path, run = os.path.join(folder, "p.tsv"), program.Program(STANCE, folder)
        report, _ = program.evaluate(run, small, 1, path, "")
        found = {f.metric: f.value for f in program.figures(report, False) if f.system == "stance"}
        read = rows.read_tsv(path)
        for metric, function in score.METRICS.items():
            value = function([p["gold"] for p in read], [p["label"] for p in read])
            assert abs(value - found[metric]) < 1e-9, (metric, value, found[metric])
        report = program.evaluate_predictions(run, small, 1, path)
        equal([f.value for f in program.figures(report, False) if f.system == "predictions"],
              [found[metric] for metric in program.METRICS])


def run_main(*arguments):
    """(exit status, standard output, standard error) of bench-accuracy."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        sys.argv[1:] = arguments
        status = main.main()
    return status, out.getvalue(), err.getvalue()


def test_whole_run():
    """a benchmark runs from its file to the kept figures; absent data is named and skipped"""
    with tempfile.TemporaryDirectory() as folder:
        needs_program()
        small_project(folder)
        common = ["--stance", STANCE, "--benchmarks", os.path.join(folder, "benchmarks"), "--quick",
                  "--output", os.path.join(folder, "out"), "--cache", os.path.join(folder, "cache")]
        os.environ["STANCE_DATA"] = os.path.join(folder, "absent")
        status, out, err = run_main(*common)
        equal((status, out), (0, ""))
        assert "small: skipped: small.ndjson is absent" in err, err
        os.environ["STANCE_DATA"] = folder
        status, out, err = run_main(*common, "--peers", "scikit-learn")
        equal(status, 0)
        kept = results.read(os.path.join(folder, "out"), "accuracy.tsv")
        systems = {record["system"] for record in kept}
        assert {"stance", "majority per target"} <= systems and "model" not in systems, systems
        compared = results.read(os.path.join(folder, "out"), "comparisons.tsv")
        peer = "scikit-learn: skipped" not in err
        equal(("scikit-learn" in systems, len(compared)), (peer, int(peer)))
        equal({record["target"] for record in kept}, {"", "ban", "spying", "topic"})
        assert "a part of our corpus, French, 2 folds by thread" in out, out


def run_test(name, function):
    """Whether it did not fail; prints its line."""
    title = f"benchmarks: {function.__doc__}"
    try:
        function()
    except Skip as reason:
        print(f"skip {title}: {reason}")
    except Exception:  # whatever went wrong, the other tests still run
        print(f"not ok {title} ({name})")
        print("".join("# " + line for line in traceback.format_exc().splitlines(True)))
        return False
    else:
        print(f"ok {title}")
    return True


if __name__ == "__main__":
    tests = [(n, f) for n, f in list(globals().items()) if n.startswith("test_")]
    sys.exit(0 if all([run_test(name, function) for name, function in tests]) else 1)
