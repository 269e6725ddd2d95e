# SPDX-License-Identifier: MIT
"""The trials: what each changes of the base, which is the program's kernel with one mix."""
import dataclasses
import typing

import numpy as np

from .kernels import base, log_ratio, mix, of_base, plus, weighted
from .machine import hinge, logistic
from .vectors import similarity

SMALL = ("semeval2016-a", "xstance-fr", "repnum", "sentiment-fr")
OURS = "tiktok-fr"
TOPICAL = ("semeval2016-a", "xstance-fr", "repnum")   # with targets of their own
WIDE = (*SMALL, OURS, "e-fra", "rumoureval2017")
FRENCH = ("sentiment-fr", "xstance-fr", "e-fra")


def alike(q):
    """How much targets share: a + b·q + c·[the same], by the cosine q of their statements."""
    return 1 + 2 * q + 2 * np.eye(len(q))


@dataclasses.dataclass(frozen=True)
class Trial:
    name: str
    what: str
    kernels: tuple = (base,)                # of comments; margins of several are averaged
    pair: typing.Callable = None            # a kernel for a pair of labels, instead
    targets: typing.Callable = alike        # from q to a matrix
    loss: typing.Callable = hinge
    sets: tuple = SMALL                     # where it can matter
    joined: tuple = ()                      # data sets trained on as well
    across: float = 1.0                     # what their similarity to the first counts


def on_top(name, what, sets=SMALL, **spaces):
    return Trial(name, what, (plus(**spaces),), sets=sets)


def chars(first, last):
    shares = {"words 1-3": 0.2, "skips": 0.1, f"chars {first}-{last}": 0.7}
    return Trial(f"chars {first}-{last}", "other lengths of character n-grams", (mix(shares),))


def vectors(source, share, dense, sets):
    """The base and vectors of words."""
    kind = "dense" if dense else "streaming"
    return Trial(f"vectors {source} {kind} {share:g}",
                 f"vectors of words, sums {'scaled one by one' if dense else 'scaled as one'}",
                 (lambda view: (base(view) + np.float32(share) * similarity(view, source, dense))
                  / np.float32(1 + share),), sets=sets)


def together(first, others, across):
    return Trial(f"with {' '.join(others)} {across:g}", "trained together, similarity across "
                 "data sets times the number", sets=(first,), joined=others, across=across)


SPLIT = {"split words": 0.2, "split skips": 0.1, "split chars": 0.7}
MARKED = {"marked words": 0.2, "marked skips": 0.1, "chars 3-6": 0.7}
WORDY = {"words 1-3": 0.4, "skips": 0.2, "chars 3-6": 0.4}

TRIALS = [
    Trial("base", "words 1-3, pairs and characters 3-6 by .2, .1 and .7",
          sets=WIDE),
    on_top("negation", "words after a negation, up to four or a mark", (*SMALL, OURS),
           negated=0.1),
    on_top("quotes", "quoted words", (*SMALL, OURS), quoted=0.05),
    on_top("parent .1", "words and characters of the parent", (OURS,),
           parent_words=0.05, parent_chars=0.05),
    on_top("parent .3", "words and characters of the parent", (OURS,),
           parent_words=0.15, parent_chars=0.15),
    Trial("log-count ratio", "naive Bayes weights (NB-SVM)", pair=log_ratio(1)),
    Trial("log-count ratio half", "half of naive Bayes weights", pair=log_ratio(0.5)),
    Trial("log-count ratio root", "square root of naive Bayes weights", pair=log_ratio(1, 0.5)),
    Trial("idf^.5", "weaker idf", (weighted(power=0.5),)),
    Trial("idf^1.5", "stronger idf", (weighted(power=1.5),)),
    Trial("presence", "tf as 0 or 1", (weighted(term="presence"),)),
    Trial("count", "tf as counted", (weighted(term="count"),)),
    Trial("K+K^2", "pairs of n-grams, a quadratic kernel", (of_base(lambda k: k + k * k),)),
    Trial("rbf 2", "a Gaussian kernel, e^2(K-1)", (of_base(lambda k: np.exp(2 * (k - 1))),)),
    Trial("rbf 5", "a Gaussian kernel, e^5(K-1)", (of_base(lambda k: np.exp(5 * (k - 1))),)),
    Trial("root of K", "the square root of similarities",
          (of_base(lambda k: np.sqrt(k.clip(0))),)),
    chars(1, 5),
    chars(2, 5),
    chars(2, 6),
    Trial("q squared", "targets share by q squared", sets=TOPICAL,
          targets=lambda q: 1 + 2 * q ** 2 + 2 * np.eye(len(q))),
    Trial("root of q", "targets share by the square root of q", sets=TOPICAL,
          targets=lambda q: 1 + 2 * np.sqrt(q.clip(0)) + 2 * np.eye(len(q))),
    *[vectors("french", share, dense, FRENCH) for share in (0.1, 0.25) for dense in (True, False)],
    *[vectors("english", share, False, SMALL[:1]) for share in (0.1, 0.25)],
    *[together(first, others, across) for across in (0.25, 0.5, 1) for first, others in
      (("xstance-fr", ("repnum",)), ("repnum", ("xstance-fr",)),
       ("e-fra", ("xstance-fr", "repnum")))],
    on_top("hashtag words", "words inside hashtags, a space of their own", SMALL[:1],
           hashtag_words=0.1),
    Trial("hashtags split", "hashtags and the words inside them, in the text", (mix(SPLIT),),
          sets=SMALL[:1]),
    on_top("agreement", "words of agreement, and in the opening", agreement=0.05),
    on_top("agreement .1", "words of agreement, and in the opening", agreement=0.1),
    on_top("opening .05", "words and pairs of words of the first four", opening=0.05),
    on_top("opening .1", "words and pairs of words of the first four", WIDE, opening=0.1),
    on_top("opening .2", "words and pairs of words of the first four", opening=0.2),
    on_top("first word", "the first word", WIDE, first_word=0.05),
    on_top("first word .1", "the first word", first_word=0.1),
    Trial("start mark", "a mark where a comment begins, as a word", (mix(MARKED),)),
    on_top("closing .1", "words and pairs of words of the last four", closing=0.1),
    on_top("opening .1 and first word", "both", opening=0.1, first_word=0.05),
    *[on_top(f"lemmas {share:g}", "lemmas, and pairs of them (needs hunspell and its French "
             "dictionary)", (*FRENCH, OURS), lemmas=share) for share in (0.1, 0.2)],
    on_top("wide skips", "pairs of words with up to six others between", (*SMALL, OURS),
           **{"wide skips": 0.2}),
    on_top("near target", "neighbours of the target's words", TOPICAL, near_target=0.1),
    Trial("wordy mix", "words, pairs and characters by .4, .2 and .4", (mix(WORDY),)),
    *[Trial(f"wordy mix and {space}", "the wordy mix and a space on top of it",
            (mix({**WORDY, space: 0.2}),), sets=(OURS,)) for space in ("lemmas", "wide skips")],
    Trial("two mixes", "margins of the base and of the wordy mix, averaged", (base, mix(WORDY))),
    Trial("logistic loss", "logistic regression instead of the SVM", loss=logistic),
]
