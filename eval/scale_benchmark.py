# SPDX-License-Identifier: MIT
"""Time and memory of training by the number of comments, beside svm-train and liblinear-train.

Corpora are made of real texts joined to 25 words or more, and of labels that a hidden linear rule
gives (bench/hiddenrule.py). Two things are measured at each size, whole processes both.

machine: one machine, two labels, one C, on exactly the same vectors. `build/tools/vectors` writes
them, each program reads that file and writes a model: stance by either solver (with --jobs threads
where it can use them), svm-train -t 0 with a cache as large as --max-memory, liblinear-train -s 3
with its own tolerance and with ours. The problem is the same for stance and svm-train;
liblinear's bias is a feature, and shortened like one. Columns accuracy and alike are of 1,000
other comments: labels that are right, and labels that are those of the solver stance chooses.

job: `stance train` as it is, three labels: vectors, folds, the search over words and C,
calibration, the model; with one thread and with --jobs. No other program does that much.

A program that takes longer than the limit is stopped, and noted "> LIMIT"; at larger sizes it is
not started again, and noted so. `texts` is how many texts the comments begin with: fewer than
rows where they begin a second one. Peaks of less than 20 MB are Python's, which starts all
programs. `ratio` is to the first row of its size and kind, the solver
stance chooses. Seconds are of this machine and of this moment.
"""
import argparse
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
from bench import hiddenrule  # noqa: E402
from bench.timing import apart, measure  # noqa: E402

HEADER = ["kind", "rows", "texts", "program", "seconds", "cpu_s", "peak_mb", "ratio", "accuracy", "alike",
          "note"]
N_TEST = 1000
C = "1"


class Table:
    """Rows as they are measured, printed and kept."""

    def __init__(self, path, texts):
        self.path, self.texts = path, texts
        self.lines, self.first, self.slow = [HEADER], None, set()
        self.show(HEADER)

    @staticmethod
    def show(line):
        print("%-8s %7s %6s  %-32s %8s %8s %8s %6s %8s %6s  %s" % tuple(line), flush=True)

    def add(self, kind, rows, program, cells, note):
        line = [kind, str(rows), str(min(rows, self.texts)), program] + cells + [note]
        self.show(line)
        self.lines.append(line)

    def measure(self, kind, rows, program, command, limit, output):
        """The cost, or None where there is none; the row is added by close()."""
        if (kind, program) in self.slow:
            self.add(kind, rows, program, ["> %g" % limit] + [""] * 5,
                     "not started: stopped at fewer rows")
            return None
        cost = measure(command, limit, output)
        if cost.stopped:
            self.slow.add((kind, program))
            self.add(kind, rows, program, ["> %g" % limit, "", "%.0f" % cost.peak_mb] + [""] * 3,
                     "stopped")
        elif cost.status != 0:
            with open(output, encoding="utf-8") as file:
                said = file.read().strip().splitlines()[-1:]
            self.add(kind, rows, program, [""] * 6, "refused: " + "".join(said))
        return cost if cost.status == 0 else None

    def close(self, kind, rows, program, cost, accuracy="", alike="", note=""):
        if self.first is None:
            self.first = cost.seconds
        self.add(kind, rows, program,
                 ["%.2f" % cost.seconds, "%.2f" % cost.processor, "%.0f" % cost.peak_mb,
                  "%.2f" % (cost.seconds / self.first), accuracy, alike], note)

    def write(self):
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.writelines("\t".join(line) + "\n" for line in self.lines)
        os.replace(self.path + ".new", self.path)


class Run:
    """One size: its files, and what the first solver said of the held-out comments."""

    def __init__(self, args, table, folder, rows):
        self.args, self.table, self.folder, self.rows = args, table, folder, rows
        self.said = None

    def path(self, name):
        return os.path.join(self.folder, name)

    def must(self, command):
        if measure(command, output=self.path("said")).status != 0:
            with open(self.path("said"), encoding="utf-8") as file:
                sys.exit("scale-benchmark: %s: %s" % (command[0], file.read()))

    def make(self):
        train, test = hiddenrule.parted(hiddenrule.read_texts(self.args.texts), N_TEST)
        hiddenrule.write((self.path("three"), self.path("two")), train, self.rows, 1)
        hiddenrule.write((self.path("test3"), self.path("test2")), test, N_TEST, 2)

    # ---- one machine on the same vectors ----

    def judge(self, predict):
        """Labels right and labels alike, in percent."""
        self.must([predict, self.path("test.svm"), self.path("model"), self.path("labels")])
        with open(self.path("labels"), encoding="utf-8") as file:
            labels = [float(line) > 0 for line in file]
        with open(self.path("test.svm"), encoding="utf-8") as file:
            gold = [line.startswith("+") for line in file]
        if self.said is None:
            self.said = labels
        return tuple("%.1f" % (100 * sum(a == b for a, b in zip(labels, other)) / len(gold))
                     for other in (gold, self.said))

    def machine(self, program, command, predict):
        name = program or "stance"
        cost = self.table.measure("machine", self.rows, name, command, self.args.limit,
                                  self.path("said"))
        if cost is None:
            return ""
        solver = ""
        if not program:  # it chose itself, and said what
            with open(self.path("said"), encoding="utf-8") as file:
                solver = file.read().strip()
            name = "stance, " + solver
        self.table.close("machine", self.rows, name, cost, *self.judge(predict),
                         note="" if program else "chosen")
        return solver

    def ours(self, solver):
        return [os.path.join(self.args.tools, "machine"), solver, str(self.args.jobs),
                str(self.args.max_memory), C, self.path("train.svm"), self.path("model")]

    def machines(self):
        last = [self.path("train.svm"), self.path("model")]
        self.must([os.path.join(self.args.tools, "vectors"), self.path("two"), self.path("test2"),
                   self.path("train.svm"), self.path("test.svm")])
        self.table.first = None
        chosen = self.machine("", self.ours("auto"), "liblinear-predict")
        other = "libsvm" if chosen == "coordinate" else "coordinate"
        self.machine("stance, " + other, self.ours(other), "liblinear-predict")
        liblinear = ["liblinear-train", "-q", "-s", "3", "-B", "1", "-c", C]
        self.machine("liblinear-train -s 3 -B 1", liblinear + last, "liblinear-predict")
        self.machine("liblinear-train -s 3 -B 1 -e .001", liblinear + ["-e", "0.001"] + last,
                     "liblinear-predict")
        self.machine("svm-train -t 0", ["svm-train", "-q", "-t", "0", "-c", C, "-m",
                                        str(self.args.max_memory)] + last, "svm-predict")
        for name in ("train.svm", "test.svm"):
            os.unlink(self.path(name))

    # ---- the whole job ----

    def solver(self):
        """Which one `stance train` took, from what it said."""
        with open(self.path("said"), encoding="utf-8") as file:
            return "coordinate" if "coordinate descent" in file.read() else "libsvm"

    def job(self, jobs):
        name = "stance train -j %d" % jobs
        if jobs == 1 and self.rows > self.args.one_thread_to:
            self.table.add("job", self.rows, name, [""] * 6, "not started: --one-thread-to")
            return
        cost = self.table.measure(
            "job", self.rows, name, [self.args.stance, "train", "-j", str(jobs), "--max-memory",
                                     str(self.args.max_memory), "-o", self.path("model.%d" % jobs),
                                     self.path("three")], self.args.job_limit, self.path("said"))
        if cost is not None:
            self.table.close("job", self.rows, name, cost, note=self.solver())

    def jobs(self):
        self.table.first = None
        for jobs in (self.args.jobs, 1):
            self.job(jobs)
        models = [self.path("model.%d" % jobs) for jobs in (1, self.args.jobs)]
        if all(map(os.path.exists, models)):
            self.must(["cmp"] + models)

    def all(self):
        apart(self.make)
        self.machines()
        self.jobs()


def default_texts():
    path = os.path.join(os.environ.get("STANCE_DATA", ""), "unlabelled", "tweets-fr.jsonl")
    if not os.path.exists(path):
        skip("no texts: STANCE_DATA/unlabelled/tweets-fr.jsonl")
    return path


def skip(why):
    print("scale-benchmark: skipped: " + why, file=sys.stderr)
    sys.exit(0)


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    build = os.path.join(here, "..", "build")
    parser = argparse.ArgumentParser(prog="eval/scale-benchmark", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", help="comments, NDJSON with a member text")
    parser.add_argument("--sizes", default="1000,3000,10000,30000,100000",
                        help="numbers of comments (default: %(default)s)")
    parser.add_argument("--limit", type=float, default=45,
                        help="seconds of a machine (default: %(default)s)")
    parser.add_argument("--job-limit", type=float, default=300,
                        help="seconds of a job (default: %(default)s)")
    parser.add_argument("--one-thread-to", type=int, default=10000,
                        help="largest size of a job with one thread (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="threads (default: %(default)s)")
    parser.add_argument("--max-memory", type=int, default=4096, help="MiB (default: %(default)s)")
    parser.add_argument("--stance", default=os.path.join(build, "stance"),
                        help="the program (default: build/stance)")
    parser.add_argument("--tools", default=os.path.join(build, "tools"),
                        help="what `make tools` builds (default: build/tools)")
    parser.add_argument("--output", default=os.path.join(here, "results", "training.tsv"),
                        help="the table (default: eval/results/training.tsv)")
    args = parser.parse_args()
    args.sizes = [int(n) for n in args.sizes.split(",")]
    return args


def check_programs(args):
    for name in ("svm-train", "svm-predict", "liblinear-train", "liblinear-predict"):
        if shutil.which(name) is None:
            skip("no %s: scripts/setup --bench" % name)
    for path in (args.stance, os.path.join(args.tools, "vectors"),
                 os.path.join(args.tools, "machine")):
        if not os.access(path, os.X_OK):
            print("scale-benchmark: %s: not built: run make and make tools" % path, file=sys.stderr)
            sys.exit(5)


def main():
    args = arguments()
    check_programs(args)
    args.texts = args.texts or default_texts()
    with open(args.texts, encoding="utf-8") as file:
        n_texts = sum(1 for _ in file)
    table = Table(args.output, n_texts - min(N_TEST, n_texts // 2))
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            Run(args, table, folder, size).all()
    table.write()


if __name__ == "__main__":
    main()
