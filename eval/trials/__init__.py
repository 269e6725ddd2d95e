# SPDX-License-Identifier: MIT
"""Trials: features that were tried outside the program; see eval/README.md.

Python 3.11, NumPy, SciPy and scikit-learn (scripts/setup --bench). The machine is the program's,
written again in a few lines (machine.py); what a trial changes is one line of a table (table.py).
"""
