# SPDX-License-Identifier: MIT
"""scikit-learn: the n-grams of stance, tf-idf, LinearSVC; C and the weights of classes tuned."""
from .ngrams import vectorizers

NAME = "scikit-learn"
INNER_FOLDS = 5  # as many as stance tunes on
START = {"C": 0.5, "class_weight": "balanced"}
STEPS = [[{"C": c, "class_weight": weight} for weight in ("balanced", None)
          for c in (0.0625, 0.125, 0.25, 0.5, 1, 2)]]
QUICK_STEPS = [[{"C": c} for c in (0.25, 1)]]


def version():
    """None where it is absent."""
    try:
        import sklearn
    except ImportError:
        return None
    return sklearn.__version__


def words(setting):
    return "C=%g %s" % (setting["C"], setting["class_weight"] or "unweighted")


def predict_all(settings, texts, labels, test_texts, seed):
    from sklearn.svm import LinearSVC
    union = vectorizers()
    x, x_test = union.fit_transform(texts), union.transform(test_texts)
    return [list(map(str, LinearSVC(**setting, random_state=seed).fit(x, labels).predict(x_test)))
            for setting in settings]
