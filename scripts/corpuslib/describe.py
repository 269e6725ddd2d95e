# SPDX-License-Identifier: MIT
"""The figures of the datasheet about the texts: composition, labels, lengths, repetition, vocabulary, surface."""
import random
import re
import statistics
from collections import Counter

from corpuslib.checks import REGISTERS, SUBJECTS
from corpuslib.data import PARTS, split_threads
from corpuslib.neardup import closest_pairs, own_words
from corpuslib.surface import (FOLDS, length_cells, predictability, predictability_by_thread, punctuation_cells)

STANCES = ("ban", "spying")
GROWTH = (1000, 5000, 20000, 50000, 100000)  # tokens
PHRASE = 4                                   # words of a phrase that is counted


def words(text):
    return re.findall(r"\w+", text.lower())


def rows(corpus):
    """(article, comment) of every comment."""
    return [(a, c) for a, thread in zip(corpus.articles, corpus.threads) for c in thread]


def print_composition(corpus):
    comments, parts = corpus.comments(), split_threads(corpus)
    dates = sorted(article["date"] for article in corpus.articles)
    print("composition")
    print(f"  threads {len(corpus.threads)}  comments {len(comments)}  authors {len({c['author'] for c in comments})}"
          f"  replies {sum(c['parent'] is not None for c in comments)}  articles {dates[0]} to {dates[-1]}")
    for name, of in (("subject", lambda a: a["subject"]), ("batch", lambda a: str(a["batch"])),
                     ("register", lambda a: a["register"]), ("year", lambda a: a["date"][:4]),
                     ("part", lambda a: parts[a["thread"]])):
        sizes = {}
        for article, thread in zip(corpus.articles, corpus.threads):
            sizes.setdefault(of(article), []).append(len(thread))
        order = {"subject": SUBJECTS, "register": REGISTERS, "part": tuple(PARTS)}.get(name, sorted(sizes))
        for value in order:
            print(f"  {name:<9}{value:<13} threads {len(sizes[value]):>3}  comments {sum(sizes[value]):>4}")


def shares_line(held, labels):
    total = max(1, sum(held.values()))
    return "  ".join(f"{label} {held[label]:>4} {100 * held[label] / total:>5.1f} %" for label in labels)


def print_shares(corpus, gold):
    print("\nlabels (count and share; by register, year and part: threads about TikTok alone)")
    parts = split_threads(corpus)
    cells = [("all", lambda a: True), ("tiktok", lambda a: a["subject"] == "tiktok"),
             ("other", lambda a: a["subject"] == "other")]
    for register in REGISTERS:
        cells.append((register, lambda a, r=register: a["subject"] == "tiktok" and a["register"] == r))
    for year in sorted({a["date"][:4] for a in corpus.articles}):
        cells.append((year, lambda a, y=year: a["subject"] == "tiktok" and a["date"][:4] == y))
    for part in PARTS:
        cells.append((part, lambda a, p=part: a["subject"] == "tiktok" and parts[a["thread"]] == p))
    for target in corpus.targets:
        for name, holds in cells:
            held = Counter(gold[c["id"], target["id"]][0] for a, c in rows(corpus) if holds(a))
            print(f"  {target['id']:<9}{name:<13}" + shares_line(held, target["labels"]))


def print_combinations(corpus, gold):
    labels = ("favor", "against", "none")
    print("\ncombinations (rows ban, columns spying; threads about TikTok)")
    for name in ("all",) + REGISTERS:
        held = Counter((gold[c["id"], "ban"][0], gold[c["id"], "spying"][0]) for a, c in rows(corpus)
                       if a["subject"] == "tiktok" and name in ("all", a["register"]))
        print(f"  {name:<13}" + "".join(f"{label:>9}" for label in labels))
        for row in labels:
            print(f"  {row:<13}" + "".join(f"{held[row, column]:>9}" for column in labels))


def length_line(name, texts):
    sizes = [len(words(text)) for text in texts]
    characters = [len(text) for text in texts]
    cuts = " ".join(f"{cut:.0f}" for cut in statistics.quantiles(sizes, n=4, method="inclusive"))
    wide = " ".join(f"{cut:.0f}" for cut in statistics.quantiles(characters, n=4, method="inclusive"))
    short = 100 * sum(size < 10 for size in sizes) / len(sizes)
    print(f"  {name:<13}words {cuts}  mean {statistics.mean(sizes):.1f}  under ten {short:.0f} %  "
          f"({min(sizes)} to {max(sizes)})  characters {wide}")


def print_lengths(corpus, gold, real):
    print("\nlengths (quartiles, mean, share under ten words)")
    length_line("all", [c["text"] for _, c in rows(corpus)])
    for register in REGISTERS:
        length_line(register, [c["text"] for a, c in rows(corpus) if a["register"] == register])
    for target in STANCES:
        for label in ("favor", "against", "none"):
            length_line(f"{target[:3]} {label}", [c["text"] for a, c in rows(corpus) if a["subject"] == "tiktok"
                                                  and gold[c["id"], target][0] == label])
    if real:
        length_line("real text", real)


def repetition_of(name, texts):
    openings = Counter(" ".join(words(text)[:2]) for text in texts if len(words(text)) > 1)
    phrases = Counter()
    for text in texts:
        own = own_words(text)
        phrases.update({" ".join(own[i:i + PHRASE]) for i in range(len(own) - PHRASE + 1)})
    for title, counts in (("openings", openings), ("phrases", phrases)):
        top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]
        print(f"  {name:<10}{title:<9} " + ", ".join(f"{text} {n}" for text, n in top))


def print_repetition(corpus, real):
    """Real text is cut to as many comments, drawn with a fixed seed."""
    comments = corpus.comments()
    print(f"\nrepetition (openings of two words, phrases of {PHRASE}: comments that bear them; pairs most alike)")
    repetition_of("corpus", [c["text"] for c in comments])
    if real:
        size = min(len(real), len(comments))
        print(f"  real text: {size} comments")
        repetition_of("real text", random.Random(1).sample(real, size))
    for alike, a, b in closest_pairs(comments)[:5]:
        print(f"  alike      {a} {b} {alike:.2f}")


def vocabulary(texts):
    """Distinct words after so many tokens, comments in a random order with a fixed seed."""
    texts = list(texts)
    random.Random(1).shuffle(texts)
    seen, tokens, sizes = set(), 0, {}
    for text in texts:
        for word in words(text):
            seen.add(word)
            tokens += 1
            if tokens in GROWTH:
                sizes[tokens] = len(seen)
    return sizes


def print_vocabulary(corpus, real):
    print("\nvocabulary (distinct words after so many words of text)")
    print("  " + " " * 13 + "".join(f"{size:>9}" for size in GROWTH))
    sources = [("corpus", [c["text"] for _, c in rows(corpus)])]
    sources += [(subject, [c["text"] for a, c in rows(corpus) if a["subject"] == subject]) for subject in SUBJECTS]
    for name, texts in sources + ([("real text", real)] if real else []):
        sizes = vocabulary(texts)
        print(f"  {name:<13}" + "".join(f"{sizes.get(size, '–'):>9}" for size in GROWTH))


def print_surface(corpus, gold):
    print("\nsurface (macro-F1 of guessing from one thing alone, threads about TikTok; ten folds by thread)")
    mine = [(a, c) for a, c in rows(corpus) if a["subject"] == "tiktok"]
    comments = [c for _, c in mine]
    fold_of = {a["thread"]: i % FOLDS for i, a in enumerate(x for x in corpus.articles if x["subject"] == "tiktok")}
    folds = [fold_of[c["thread"]] for c in comments]
    label = {t: [gold[c["id"], t][0] for c in comments] for t in corpus.target_ids}
    cells = {"nothing": ["" for _ in comments], "length": length_cells(comments),
             "punctuation": punctuation_cells(comments), "register": [a["register"] for a, _ in mine],
             "year": [a["date"][:4] for a, _ in mine], "batch": [a["batch"] for a, _ in mine],
             "reply or not": [c["parent"] is None for c in comments]}
    for target in STANCES:
        other = STANCES[1 - STANCES.index(target)]
        figures = [(name, predictability(cell, label[target], folds)) for name, cell in cells.items()]
        figures.append((f"label of {other}", predictability(label[other], label[target], folds)))
        figures.append(("thread", predictability_by_thread([c["thread"] for c in comments], label[target])))
        print(f"  {target:<9}" + "  ".join(f"{name} {figure:.3f}" for name, figure in figures))
