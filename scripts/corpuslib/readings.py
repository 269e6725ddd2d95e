# SPDX-License-Identifier: MIT
"""The figures of the datasheet about the labels: agreement, sub-codes, decisions, intentions."""
import re
from collections import Counter

from corpuslib.agreement import figures
from corpuslib.data import FRESH, READERS


def groups_of(corpus, keep):
    """One Counter of pairs per thread; keep(comment id) yields the pairs of a comment."""
    return [Counter(pair for comment in thread for pair in keep(comment["id"])) for thread in corpus.threads]


def print_agreement(corpus):
    first, second = (corpus.answers(who) for who in READERS)
    print(f"\nagreement of {' and '.join(READERS)} (95 % interval over threads; codes: where the labels agree)")
    for target in corpus.target_ids:
        labels = groups_of(corpus, lambda i, t=target: [(first[i, t][0], second[i, t][0])])
        print(f"  {target:<9}{figures(labels)}")
        codes = groups_of(corpus, lambda i, t=target: [
            (first[i, t][1], second[i, t][1])] if first[i, t][0] == second[i, t][0] and first[i, t][1] else [])
        if sum(codes, Counter()):
            print(f"  {'  codes':<9}{figures(codes)}")


def print_confusion(corpus):
    first, second = (corpus.answers(who) for who in READERS)
    print(f"\nconfusion (rows {READERS[0]}, columns {READERS[1]})")
    for target in corpus.targets:
        name, labels = target["id"], list(target["labels"])
        pairs = Counter((first[c["id"], name][0], second[c["id"], name][0]) for c in corpus.comments())
        print(f"  {name:<9}" + "".join(f"{label:>9}" for label in labels))
        for row in labels:
            print(f"  {row:<9}" + "".join(f"{pairs[row, column]:>9}" for column in labels))


def print_fresh(corpus, gold):
    """The fresh reader against what the two others had agreed on, and how often that changed the gold."""
    first, second, fresh = (corpus.answers(who) for who in READERS + (FRESH,))
    print(f"\nfresh reader (a random tenth, {len(corpus.annotations[FRESH])} comments, "
          f"against what {' and '.join(READERS)} agree on)")
    for target in corpus.target_ids:
        both = {key: answer for key, answer in first.items()
                if key[1] == target and answer == second[key] and key in fresh}
        pairs = groups_of(corpus, lambda i, t=target, b=both: [(b[i, t][0], fresh[i, t][0])] if (i, t) in b else [])
        changed = sum(gold[key] != answer for key, answer in both.items())
        print(f"  {target:<9}{figures(pairs)}  then decided otherwise {changed}")


def print_decisions(corpus):
    first, second = (corpus.answers(who) for who in READERS)
    rules, sides = Counter(), Counter()
    for d in corpus.decisions:
        found = sorted(set(re.findall(r"[Rr]ègles?\s+([\d, et]+)", d["reason"])))
        rules.update({number for text in found for number in re.findall(r"\d+", text)} or {"–"})
        key, answer = (d["id"], d["target"]), (d["label"], d.get("code"))
        side = [who for who, reading in zip(READERS, (first, second)) if reading[key] == answer]
        sides[d["target"], "as both" if len(side) == 2 else side[0] if side else "otherwise"] += 1
    print(f"\ndecisions {len(corpus.decisions)}")
    for target in corpus.target_ids:
        print(f"  {target:<9}" + "  ".join(f"{side} {sides[target, side]}"
                                         for side in READERS + ("as both", "otherwise")))
    print("  by rule   " + ", ".join(f"{rule} {n}" for rule, n in sorted(rules.items(), key=lambda x: (-x[1], x[0]))))


def print_codes(corpus, gold):
    print("\ncodes (of the gold labels)")
    for target in corpus.targets:
        for label in target["labels"]:
            held = Counter(code for (_, t), (own, code) in gold.items() if t == target["id"] and own == label and code)
            if held:
                print(f"  {target['id']:<9}{label:<9}" + "  ".join(f"{code} {n}" for code, n in sorted(held.items())))


def print_intentions(corpus, gold):
    print(f"\nwriter's intention and gold ({len(corpus.intentions)} comments written to a plan)")
    intended = {i["id"]: i["stance"] for i in corpus.intentions}
    for target in ("ban", "spying"):
        pairs = groups_of(corpus, lambda i, t=target: [(intended[i][t], gold[i, t][0])] if i in intended else [])
        print(f"  {target:<9}{figures(pairs)}")
