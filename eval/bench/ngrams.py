# SPDX-License-Identifier: MIT
"""The n-grams of stance in scikit-learn: one place for every comparison with it."""


def vectorizers():
    """Words 1 to 3 and characters 2 to 5 within words, sublinear tf-idf, two blocks."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    return make_union(
        TfidfVectorizer(analyzer="word", ngram_range=(1, 3), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True))
