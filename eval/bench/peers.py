# SPDX-License-Identifier: MIT
"""Peers: the other programs, on the rows and folds of stance, in several processes.

What a peer answers depends on the rows, its grid and its version alone, so it is kept, as labels
without text, below the cache folder, and taken from there when the same is asked again. A run
that was stopped goes on where it was.
"""
import concurrent.futures
import hashlib
import json
import os

from . import peer_fasttext, peer_sklearn, tune

PEERS = {peer.NAME: peer for peer in (peer_fasttext, peer_sklearn)}


def steps_of(peer, quick):
    return peer.QUICK_STEPS if quick else peer.STEPS


def fingerprint(peer, train, test, metric, seed, quick):
    """Names what decides the answer; the code of the tuning is counted by its version."""
    told = [1, peer.NAME, peer.version(), peer.INNER_FOLDS, peer.START, steps_of(peer, quick),
            metric, seed]
    told += [[row.id, row.target, row.label, row.text, row.statement, row.group] for row in train]
    told += [[row.id, row.target, row.text, row.statement] for row in test]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def answer(name, train, test, metric, seed, quick, cache):
    """(labels, chosen), from the cache or computed."""
    peer = PEERS[name]
    path = os.path.join(cache, fingerprint(peer, train, test, metric, seed, quick) + ".json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    labels, chosen = tune.tuned_predictions(peer, train, test, metric, seed, steps_of(peer, quick))
    os.makedirs(cache, exist_ok=True)
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump([labels, chosen], file)
    os.replace(path + ".part", path)
    return labels, chosen


def run(names, splits, metric, seed, quick, cache, n_jobs):
    """{name: (rows, labels, chosen per fold)} over all splits."""
    with concurrent.futures.ProcessPoolExecutor(n_jobs) as pool:
        waiting = {name: [pool.submit(answer, name, train, test, metric, seed, quick, cache)
                          for train, test in splits] for name in names}
        done = {name: [future.result() for future in futures]
                for name, futures in waiting.items()}
    rows = [row for _, test in splits for row in test]
    return {name: (rows, [label for labels, _ in answers for label in labels],
                   [chosen for _, chosen in answers]) for name, answers in done.items()}
