# SPDX-License-Identifier: MIT
"""Spaces: what of a comment is counted. A space is a function from Data to a list of strings per
comment; those that look at the comment alone are made of one of its Comment (each())."""
import re
import subprocess

from .tokens import PUNCT, Comment, Token

NEGATIONS = {"ne", "n'", "pas", "rien", "jamais", "sans", "aucun", "aucune", "aucuns", "ni",
             "not", "no", "never", "don't", "dont", "doesn't", "can't", "isn't", "won't"}
AGREEMENT = {"oui", "non", "exact", "exactement", "accord", "vrai", "faux", "bravo", "merci",
             "+1", "-1", "yes", "no", "agree", "disagree", "true", "false", "right", "wrong"}
SCOPE = 4    # tokens that a negation reaches
WINDOW = 3   # tokens that a word of the target reaches
OPENING = 4  # tokens that open a comment
LONG = 4     # letters of a word that tells a target
HASHTAG = re.compile(r"#(\w+)")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def each(function, *arguments):
    return lambda data: [function(comment, *arguments) for comment in data.comments]


def word_ngrams(comment, longest):
    words = comment.words()
    return [" ".join(words[i:j]) for i in range(len(words))
            for j in range(i + 1, min(i + longest, len(words)) + 1)]


def skip_grams(comment, most=2):
    """Two tokens with one to most others between."""
    words = comment.words()
    return [f"{words[i]}\t{words[j]}" for i in range(len(words))
            for j in range(i + 2, min(i + most + 2, len(words)))]


def char_ngrams(comment, shortest, longest):
    """Neighbouring characters with no space inside, only at an end."""
    text, found = comment.running, []
    for i in range(len(text)):
        for n in range(1, min(longest, len(text) - i) + 1):
            if n >= shortest:
                found.append(text[i:i + n])
            if n > 1 and text[i + n - 1] == " ":
                break
    return found


def negated(comment):
    """The words after a negation, up to a mark."""
    found, left = [], 0
    for token in comment.tokens:
        if token.kind == PUNCT:
            left = 0
        elif token.text in NEGATIONS or token.text.endswith("n't"):
            left = SCOPE
        elif left > 0:
            found.append(token.text)
            left -= 1
    return found


def quoted(comment):
    """Words and pairs of words that the writer quotes."""
    words = [token.text for token in comment.tokens if token.quoted]
    return words + [" ".join(pair) for pair in zip(words, words[1:])]


def agreement(comment):
    """Agreeing or not, anywhere and in the opening."""
    words = comment.words()
    return [word for word in words if word in AGREEMENT] + \
        ["opening " + word for word in words[:OPENING] if word in AGREEMENT]


def marked(comment, function, *arguments):
    """A space of a comment that begins with a token of its own."""
    tokens = (Token(PUNCT, False, "^"), *comment.tokens)
    return function(Comment(comment.running, tokens), *arguments)


def opening(comment):
    """Words and pairs of words of the opening, wherever in it they stand."""
    return word_ngrams(Comment(comment.running, comment.tokens[:OPENING]), 2)


def closing(comment):
    return word_ngrams(Comment(comment.running, comment.tokens[-OPENING:]), 2)


def first_word(comment):
    return comment.words()[:1]


def parent(function, *arguments):
    """A space of what a comment replies to."""
    return lambda data: [function(comment, *arguments) for comment in data.parents()]


def near_target(data):
    """Neighbours of the words of the target, with the side they stand on."""
    found = []
    for comment, target in zip(data.comments, data.target_of_comment()):
        tells = {word for word in target.words() if len(word) >= LONG}
        words, ngrams = comment.words(), []
        for i, word in enumerate(words):
            if word.removeprefix("#") in tells:
                ngrams += ["before " + w for w in words[max(i - WINDOW, 0):i]]
                ngrams += ["after " + w for w in words[i + 1:i + 1 + WINDOW]]
        found.append(ngrams)
    return found


def split_hashtags(text):
    """#StopHillary becomes #StopHillary Stop Hillary."""
    return HASHTAG.sub(lambda tag: " ".join([tag.group(), *PART.findall(tag.group(1))]), text)


def hashtag_words(data):
    """Words and pairs of words inside hashtags."""
    tags = [" . ".join(" ".join(PART.findall(tag)) for tag in HASHTAG.findall(text))
            for text in data.texts]
    return [[n for n in word_ngrams(comment, 2) if "." not in n]
            for comment in data.tools.tokenize(tags)]


def with_hashtags_split(function, *arguments):
    return lambda data: [function(comment, *arguments) for comment in
                         data.tools.tokenize([split_hashtags(t) for t in data.texts])]


def lemmas(data):
    """Words and pairs of words by their lemmas in hunspell's French dictionary, the shortest where
    there are several; a word that it does not have stays what it is."""
    words = sorted({word for comment in data.comments for word in comment.words()})
    told = subprocess.run(["hunspell", "-d", "fr", "-s"], input="\n".join(words) + "\n",
                          capture_output=True, encoding="utf-8", check=True).stdout
    stems = {}
    for line in told.splitlines():
        word, _, stem = line.partition(" ")
        if stem:
            stems.setdefault(word, []).append(stem)
    lemma = {word: min(found, key=lambda stem: (len(stem), stem)) for word, found in stems.items()}
    sequences = [[lemma.get(word, word) for word in comment.words()] for comment in data.comments]
    return [found + [" ".join(pair) for pair in zip(found, found[1:])] for found in sequences]


SPACES = {
    **{f"words 1-{n}": each(word_ngrams, n) for n in (1, 2, 3)},
    "skips": each(skip_grams),
    **{f"chars {a}-{b}": each(char_ngrams, a, b) for a, b in ((1, 5), (2, 5), (2, 6), (3, 6))},
    "wide skips": each(skip_grams, 6),
    "lemmas": lemmas,
    "negated": each(negated),
    "quoted": each(quoted),
    "agreement": each(agreement),
    "opening": each(opening),
    "closing": each(closing),
    "marked words": each(marked, word_ngrams, 3),
    "marked skips": each(marked, skip_grams),
    "first word": each(first_word),
    "parent words": parent(word_ngrams, 2),
    "parent chars": parent(char_ngrams, 3, 5),
    "near target": near_target,
    "hashtag words": hashtag_words,
    "split words": with_hashtags_split(word_ngrams, 3),
    "split skips": with_hashtags_split(skip_grams),
    "split chars": with_hashtags_split(char_ngrams, 3, 6),
}
