# SPDX-License-Identifier: MIT
"""Vectors of words from texts without labels, and comments as sums of them.

Positive pointwise mutual information within five tokens, contexts smoothed (Levy, Goldberg and
Dagan, TACL 2015), cut to 200 dimensions: what features/wordvec does, by SciPy.
"""
import collections
import hashlib
import os

import numpy as np
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd

from .data import read_records
from .kernels import idf, scaled

WORDS, LEAST, WINDOW, DIMENSIONS, SMOOTHING = 30000, 3, 5, 200, 0.75


def meetings(sequences, n):
    """How often words stand near each other, weighted by nearness."""
    flat = np.concatenate([np.append(words, [-1] * WINDOW) for words in sequences]).astype(int)
    total = sp.csr_matrix((n, n))
    for distance in range(1, WINDOW + 1):
        a, b = flat[:-distance], flat[distance:]
        known = (a >= 0) & (b >= 0)
        weight = np.full(known.sum(), (WINDOW + 1 - distance) / WINDOW)
        total = total + sp.coo_matrix((weight, (a[known], b[known])), (n, n)).tocsr()
    return (total + total.T).tocoo()


def information(meets):
    """The positive part of pointwise mutual information."""
    of_word = np.asarray(meets.sum(1)).ravel()
    of_context = of_word ** SMOOTHING / (of_word ** SMOOTHING).sum()
    told = np.log(meets.data / (of_word[meets.row] * of_context[meets.col]))
    more = told > 0
    return sp.csr_matrix((told[more], (meets.row[more], meets.col[more])), meets.shape)


def learn(comments):
    """(words, a vector of length 1 for each)."""
    seen = collections.Counter(word for comment in comments for word in comment.words())
    words = [word for word, n in seen.most_common(WORDS) if n >= LEAST]
    number = {word: i for i, word in enumerate(words)}
    sequences = [[number.get(word, -1) for word in comment.words()] for comment in comments]
    u, s, _ = randomized_svd(information(meetings(sequences, len(words))), DIMENSIONS, n_iter=3,
                             random_state=0)
    vectors = u * np.sqrt(s)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return words, vectors / np.where(length > 0, length, 1)


def learnt(tools, source):
    """({word: row}, vectors) of the texts of a source, kept in the folder of tools."""
    paths, folder = tools.sources[source], tools.cache
    name = hashlib.sha256("\n".join(paths).encode()).hexdigest()[:12] + ".npz"
    kept = os.path.join(folder, name)
    if not os.path.exists(kept):
        texts = [record["text"] for record in read_records(paths)]
        words, vectors = learn(tools.tokenize(texts))
        os.makedirs(folder, exist_ok=True)
        np.savez(kept, words=np.array(words), vectors=vectors)
    with np.load(kept) as file:
        return {word: i for i, word in enumerate(file["words"])}, file["vectors"]


def known_words(comments, number):
    """Counts of the words that have a vector."""
    ends, columns = [0], []
    for comment in comments:
        columns += [number[word] for word in comment.words() if word in number]
        ends.append(len(columns))
    found = sp.csr_matrix((np.ones(len(columns)), columns, ends), (len(comments), len(number)))
    found.sum_duplicates()
    return found


def similarity(view, source, each_scaled):
    """Products of comments as weighted sums of their words' vectors.

    each_scaled: sums have length 1 (dense); else the weights of their words have, and the mean
    product of a training comment with itself is 1 (streaming).
    """
    kept = view.data.kept
    if source not in kept:
        kept[source] = learnt(view.data.tools, source)
    number, vectors = kept[source]
    counts = known_words(view.data.comments, number)
    weights = idf(counts, view.training)
    counts.data = 1 + np.log(counts.data)
    sums = scaled(counts @ sp.diags(weights)) @ vectors
    length = np.linalg.norm(sums, axis=1)
    if each_scaled:
        sums /= np.where(length > 0, length, 1)[:, None]
    else:
        sums /= np.sqrt(np.mean(length[view.training] ** 2))
    return (sums @ sums.T).astype(np.float32)
