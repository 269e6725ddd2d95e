# SPDX-License-Identifier: MIT
"""Time `stance train` against scikit-learn: same corpus, five folds, six values of C.

Both are measured as whole processes, from the labelled files to a model on disk, in turns and
in one run: wall-clock time, user + system time of all their processes, and the peak memory of
their largest process. scikit-learn does what a user of it would write: per fold one
vectorisation (word 1-3-grams and char_wb 2-5-grams, sublinear tf-idf) that serves all six values
of C, LinearSVC, folds in two processes; then the chosen C on everything, pickled. It reads the
comments alone, where stance also learns from the targets, trains a second model without them
and calibrates probabilities: the comparison leans to scikit-learn.

Times are of this machine and of this moment; the ratio is what carries over. Nothing fails on a
figure: exit 0, or 2 on a wrong command line, 5 where a program cannot be run.
"""
import argparse
import os
import statistics
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from bench.ngrams import vectorizers  # noqa: E402
from bench.rows import read_rows  # noqa: E402

C_VALUES = [0.0625, 0.125, 0.25, 0.5, 1, 2]
N_FOLDS = 5
MEMORY_LIMIT = 1.5e9


def read(paths):
    """Texts and labels, one per labelled (comment, target) pair."""
    rows = read_rows(paths)
    return [row.text for row in rows], [row.label for row in rows]


def run_fold(texts, labels, train, test):
    """Predictions on the held-out rows, for each C."""
    from sklearn.svm import LinearSVC
    union = vectorizers()
    x = union.fit_transform([texts[i] for i in train])
    x_test = union.transform([texts[i] for i in test])
    y = [labels[i] for i in train]
    return [LinearSVC(C=c).fit(x, y).predict(x_test) for c in C_VALUES]


def train_sklearn(paths, output, n_jobs):
    import pickle

    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor
    from sklearn.metrics import f1_score
    from sklearn.model_selection import KFold
    from sklearn.svm import LinearSVC
    texts, labels = read(paths)
    folds = list(KFold(N_FOLDS, shuffle=True, random_state=1).split(texts))
    predicted = Parallel(n_jobs=n_jobs)(
        delayed(run_fold)(texts, labels, train, test) for train, test in folds)
    get_reusable_executor().shutdown(wait=True)  # or its processes are never accounted for
    gold = [labels[i] for _, test in folds for i in test]
    score = [f1_score(gold, [y for fold in predicted for y in fold[k]], average="macro")
             for k in range(len(C_VALUES))]
    best = C_VALUES[score.index(max(score))]
    union = vectorizers()
    machine = LinearSVC(C=best).fit(union.fit_transform(texts), labels)
    with open(output, "wb") as file:
        pickle.dump((union, machine), file)
    print("scikit-learn: C = %g, macro-F1 %.2f" % (best, 100 * max(score)), file=sys.stderr)


def measure(command):
    """(wall seconds, processor seconds, peak bytes) of a command and its children."""
    start = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit("train-benchmark: %s: exit %d" % (command[0], os.waitstatus_to_exitcode(status)))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def table(runs):
    """Medians per program and their ratio, as lines of a table."""
    median = {name: [statistics.median(v) for v in zip(*r)] for name, r in runs.items()}
    stance, sklearn = median["stance"], median["scikit-learn"]
    unit = [("wall-clock s", 1), ("user+sys s", 1), ("peak MB", 1e6)]
    lines = ["%-14s %10s %14s %8s" % ("", "stance", "scikit-learn", "ratio")]
    for (name, scale), a, b in zip(unit, stance, sklearn):
        lines.append("%-14s %10.1f %14.1f %8.2f" % (name, a / scale, b / scale, a / b))
    ratio = sorted(a[0] / b[0] for a, b in zip(runs["stance"], runs["scikit-learn"]))
    lines.append("wall-clock ratio, turn by turn: " + " ".join("%.2f" % r for r in ratio))
    lines.append("no longer than scikit-learn: " + ("yes" if stance[0] <= sklearn[0] else "no"))
    lines.append("peak memory under 1.5 GB: "
                 + ("yes" if max(r[2] for r in runs["stance"]) < MEMORY_LIMIT else "no"))
    return lines


def default_corpus():
    data = os.environ.get("STANCE_DATA")
    if not data:
        print("train-benchmark: skipped: STANCE_DATA is not set", file=sys.stderr)
        sys.exit(0)
    paths = [os.path.join(data, "xstance-fr", name) for name in ("train.jsonl", "valid.jsonl")]
    for path in paths:
        if not os.path.exists(path):
            print("train-benchmark: skipped: %s is absent" % path, file=sys.stderr)
            sys.exit(0)
    return paths


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(prog="eval/train-benchmark", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", help="files of labelled comments, NDJSON")
    parser.add_argument("--runs", type=int, default=5, help="turns of both programs (default 5)")
    parser.add_argument("--jobs", type=int, default=2, help="threads and processes (default 2)")
    parser.add_argument("--stance", default=os.path.join(here, "..", "build", "stance"),
                        help="the program (default: build/stance)")
    parser.add_argument("--sklearn-to", metavar="FILE",
                        help="train with scikit-learn alone, once, to FILE; measure nothing")
    args = parser.parse_args()
    args.corpus = args.corpus or default_corpus()
    if args.runs < 1 or args.jobs < 1:
        parser.error("--runs and --jobs start at 1")
    return args


def main():
    args = arguments()
    if args.sklearn_to:
        train_sklearn(args.corpus, args.sklearn_to, args.jobs)
        return
    if not os.access(args.stance, os.X_OK):
        print("train-benchmark: %s: not built: run make" % args.stance, file=sys.stderr)
        sys.exit(5)
    # scikit-learn is imported by its own process alone: a child's peak memory starts at what
    # the process that started it held.
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        grid = ",".join("%g" % c for c in C_VALUES)
        command = {
            "stance": [args.stance, "train", "--quiet", "--folds=%d" % N_FOLDS, "--grid=" + grid,
                       "--jobs=%d" % args.jobs, "-o", model + ".stance"] + args.corpus,
            "scikit-learn": [sys.executable, os.path.abspath(__file__), "--sklearn-to",
                             model + ".pickle", "--jobs=%d" % args.jobs] + args.corpus}
        runs = {name: [] for name in command}
        for turn in range(args.runs):
            for name in command if turn % 2 == 0 else reversed(command):
                runs[name].append(measure(command[name]))
    print("%d turns of each, medians" % args.runs)
    print("\n".join(table(runs)))


if __name__ == "__main__":
    main()
