# SPDX-License-Identifier: MIT
"""Comments that are too alike: the shared part of their word 5-grams, and equal words."""
import re
from collections import Counter

DUPLICATE = 0.2  # Jaccard similarity of two comments' 5-grams above which they are too alike


QUOTED = re.compile(r"^>.*$|«[^»]*»", re.M)  # a quoted parent is no copy


def own_words(text):
    """The words of a comment in lower case, what it quotes left out."""
    return re.findall(r"\w+", QUOTED.sub("\n", text).lower())


def word_grams(text, n=5):
    words = own_words(text)
    return {tuple(words[i:i + n]) for i in range(len(words) - n + 1)}


def closest_pairs(comments):
    """(similarity, id, id) of the pairs that share a word 5-gram, most alike first."""
    grams = {comment["id"]: word_grams(comment["text"]) for comment in comments}
    holders, shared = {}, Counter()
    for name, own in grams.items():
        for gram in own:
            holders.setdefault(gram, []).append(name)
    for names in holders.values():
        names.sort()
        shared.update((a, b) for i, a in enumerate(names) for b in names[i + 1:])
    return sorted(((n / (len(grams[a]) + len(grams[b]) - n), a, b) for (a, b), n in shared.items()), reverse=True)


def same_words(comments, least=5):
    """(id, id) of comments with the same words; those of fewer words ("n'importe quoi") are everybody's."""
    seen, pairs = {}, []
    for comment in comments:
        words = " ".join(re.findall(r"\w+", comment["text"].lower()))
        if len(words.split()) >= least:
            other = seen.setdefault(words, comment["id"])
            if other != comment["id"]:
                pairs.append((other, comment["id"]))
    return pairs
