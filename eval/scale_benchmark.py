# SPDX-License-Identifier: MIT
"""Time and memory of `stance train` by the number of comments, and whether its solvers agree.

Corpora are made of real texts, so that the vocabulary grows as it does, and of labels that a
hidden linear rule over their words gives with noise: favor, against and none toward one target.
Texts are joined until they have 25 words, with texts drawn at random, so that a corpus may be
larger than the file of texts without repeating itself. The rule is a hash: the same corpora
everywhere from the same texts.

Printed per size and solver: wall-clock and processor seconds, peak memory, and the part of
labels of held-out comments that both models give alike. Times are of this machine and of this
moment.
"""
import argparse
import hashlib
import json
import os
import random
import re
import sys
import tempfile

sys.dont_write_bytecode = True
from train_benchmark import measure  # noqa: E402

WORDS = 25
N_TEST = 3000


def read_texts(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def joined(text, texts, rng):
    """A comment of 25 words or more that begins with this text."""
    while len(re.findall(r"\w+", text)) < WORDS:
        text += " " + rng.choice(texts)[:140]
    return text[:600]


def weight(word, label):
    """One word in four speaks, the others whisper."""
    digest = hashlib.md5((label + word).encode()).digest()
    return (digest[0] / 127.5 - 1) * (1 if digest[1] < 64 else 0.15)


def labelled(text, rng):
    words = re.findall(r"\w+", text.lower())
    score = {label: sum(weight(w, label) for w in words) / max(1, len(words)) ** 0.5
             + rng.gauss(0, 0.25) for label in ("favor", "against")}
    best = max(score, key=score.get)
    return best if score[best] > 0.15 else "none"


def write_corpus(path, texts, first, n, seed):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for i in range(n):
            text = joined(texts[(first + i) % len(texts)], texts, rng)
            row = {"id": "%d-%07d" % (seed, i), "text": text,
                   "stance": {"target": labelled(text, rng)}}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def labels(stance, model, test):
    output = test + ".labels"
    measure([stance, "classify", "-q", "-m", model, "--long", "--output", "tsv", "-o", output, test])
    with open(output, encoding="utf-8") as file:
        column = next(file).rstrip("\n").split("\t").index("label")
        return [line.split("\t")[column] for line in file]


def run(args, folder, size):
    corpus, test = os.path.join(folder, "corpus.ndjson"), os.path.join(folder, "test.ndjson")
    said = []
    write_corpus(corpus, args.texts, 0, size, 1)
    write_corpus(test, args.texts, size, N_TEST, 2)
    for solver in ["coordinate", "libsvm"] if size <= args.libsvm_to else ["coordinate"]:
        model = os.path.join(folder, solver)
        wall, processor, peak = measure(
            [args.stance, "train", "-q", "-j", str(args.jobs), "--solver", solver,
             "--max-memory", str(args.max_memory), "-o", model, corpus])
        said.append(labels(args.stance, model, test))
        same = sum(a == b for a, b in zip(said[0], said[-1])) / N_TEST
        print("%8d  %-10s %9.1f %9.1f %9.0f  %s" % (
            size, solver, wall, processor, peak / 1e6,
            "%.2f %%" % (100 * same) if len(said) > 1 else ""), flush=True)


def default_texts():
    path = os.path.join(os.environ.get("STANCE_DATA", ""), "unlabelled", "tweets-fr.jsonl")
    if not os.path.exists(path):
        print("scale-benchmark: skipped: no texts: STANCE_DATA/unlabelled/tweets-fr.jsonl",
              file=sys.stderr)
        sys.exit(0)
    return path


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(prog="eval/scale-benchmark", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", help="comments, NDJSON with a member text")
    parser.add_argument("--sizes", default="1000,3000,10000,30000,100000",
                        help="numbers of comments (default: %(default)s)")
    parser.add_argument("--libsvm-to", type=int, default=10000,
                        help="largest size for libsvm (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="threads (default: %(default)s)")
    parser.add_argument("--max-memory", type=int, default=4096, help="MiB (default: %(default)s)")
    parser.add_argument("--stance", default=os.path.join(here, "..", "build", "stance"),
                        help="the program (default: build/stance)")
    args = parser.parse_args()
    args.sizes = [int(n) for n in args.sizes.split(",")]
    args.texts = read_texts(args.texts or default_texts())
    return args


def main():
    args = arguments()
    print("%8s  %-10s %9s %9s %9s  %s" % ("rows", "solver", "wall s", "user+sys", "peak MB",
                                          "labels alike"))
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            run(args, folder, size)


if __name__ == "__main__":
    main()
