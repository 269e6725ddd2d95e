# SPDX-License-Identifier: MIT
"""How fast and how large classifying is: behind eval/bench-speed and eval/bench-growth."""
