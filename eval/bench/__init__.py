# SPDX-License-Identifier: MIT
"""Benchmarks of accuracy with peers: see eval/README.md.

Python 3.11, standard library; scikit-learn is imported by its own peer alone.
"""
