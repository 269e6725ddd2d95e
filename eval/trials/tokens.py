# SPDX-License-Identifier: MIT
"""Tokens, as the program's own tokenizer makes them (tests/tools/tokens.c)."""
import dataclasses
import subprocess

PUNCT = 7  # enum token_kind


@dataclasses.dataclass(frozen=True)
class Token:
    kind: int
    quoted: bool
    text: str


@dataclasses.dataclass(frozen=True)
class Comment:
    """What spaces of n-grams are made of."""
    running: str   # the text for n-grams of characters
    tokens: tuple

    def words(self):
        return [token.text for token in self.tokens]


NOTHING = Comment(" ", ())


def comment(line):
    running, *tokens = line.split("\t")
    return Comment(running, tuple(Token(int(t[0]), t[1] == "1", t[2:]) for t in tokens))


def tokenize(program, texts):
    """A Comment per text."""
    coded = [text.encode("utf-8", "replace") for text in texts]
    given = b"".join(b"%d\n%s" % (len(text), text) for text in coded)
    said = subprocess.run([program], input=given, capture_output=True, check=True).stdout
    lines = said.decode("utf-8", "replace").split("\n")[:-1]
    if len(lines) != len(texts):
        raise ValueError(f"{program}: {len(lines)} answers to {len(texts)} texts")
    return [comment(line) for line in lines]
