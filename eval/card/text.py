# SPDX-License-Identifier: MIT
"""The text of the model card, from the figures that collect() gathered. Figures are rounded here and nowhere else."""
import math
import textwrap

STANCES = ("ban", "spying")
TARGETS = STANCES + ("topic",)
LENGTHS = ("under 10 words", "10 to 49 words", "50 words or more")
LEAST_ROWS = 15   # of a slice that is shown
EXAMPLES = 12
SHORT = 160       # characters of an example
HARD_CASES = {"1": "irony", "2": "quotes", "3": "« Et la NSA ? »", "4": "questions", "5": "« +1 », « source ? »",
              "6": "two positions", "7": "attacks on persons", "8": "attacks on sources", "9": "attacks on the motive",
              "10": "the author's other comments", "11": "stance or none"}


def filled(text):
    """A paragraph with figures in it, in lines of the usual length."""
    return textwrap.fill(" ".join(text.split()), width=120, break_long_words=False, break_on_hyphens=False)


def number(value):
    return "–" if value is None or math.isnan(value) else f"{100 * value:.1f}"


def spread(figure):
    if figure["value"] is None:
        return "–"
    bounds = f" [{number(figure['low'])}, {number(figure['high'])}]" if figure.get("low") is not None else ""
    return number(figure["value"]) + bounds


def view(report, target, field=None, value=None):
    return next((v for v in report["views"]
                 if (v["target"], v["field"], v["value"]) == (target, field, value)), None)


def system(a_view, name):
    return next((s for s in a_view["systems"] if s["name"] == name), None)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join(["---"] * len(header)) + " |"]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def real_comments(facts):
    rows = [(r["data"], r["drawn"], f"{r['unrelated_given_stance']} of {r['unrelated']} ({r['percent']} %)",
             f"{r['off_topic_said_on']} of {r['off_topic']}") for r in facts["outside"]]
    return f"""## On real comments

No labelled set of real French comments on these targets was at hand, so **how many of the stances in real comments
the model finds, and how many of those it gives are right, is unknown**. Known is how often it gives a stance where
there is none: of two sets of real comments, 200 each were drawn at random and read by a language-model annotator who
did not see what the model says ([eval/outside-check](../eval/outside-check)).

{table(("data", "drawn", "unrelated, yet given a stance", "off the topic, yet called on"), rows)}

`reddit-france` is about anything but TikTok; `tiktok-commission` holds answers to a public consultation on TikTok and
minors, mostly on its harms. Nothing there was trained on.

The probabilities are **calibrated on synthetic text**. On your dump 0.8 may not mean that eight in ten are right. Label
a sample of your own dump before you publish a figure."""


def data(facts):
    info, sizes = facts["info"], facts["sizes"]
    meta = info["meta"]
    train, test = sum(list(sizes.values())[:-1]), list(sizes.values())[-1]
    labels = [(f"`{t['target']}`", ", ".join(f"{label} {counts['seen']}" for label, counts in t["labels"].items()
                                            if counts["seen"])) for t in info["targets"]]
    provenance = filled(f"""The comments are **synthetic**: a language model wrote them for this corpus, nobody posted
        them. The labels are **readings against a guide by language-model annotators**, two for every comment and a
        third where they differ, not the judgement of a panel of people
        ([corpus/DATASHEET.md](../corpus/DATASHEET.md)). Trained on the {train:,} comments of the train and dev parts
        ({meta['threads']} threads); the {test:,} comments of the test part were never trained on, nor used to choose
        anything.""")
    features, kernel = info["features"], info["kernel"]
    rule = "the most probable label" if info["rule_exponent"] == 0 else \
        f"the largest p·n^-{info['rule_exponent']:g}, n the label's rows"
    settings = filled(f"""One SVM per pair of labels on n-grams of words (1 to {features['word_max']}), pairs of words
        with up to {features['skip_max']} between, the first {features['opening']} words and n-grams of characters
        ({features['char_min']} to {features['char_max']}) that occur in at least {features['min_df']} comments:
        {features['n']:,} n-grams. Kernel a {kernel['a']:g}, b {kernel['b']:g}, c {kernel['c']:g}, d {kernel['d']:g};
        C = {meta['c']}, chosen with the shares of the n-grams by {meta['folds']} folds that keep threads whole; the
        label is {rule}; classes {meta['class_weights']}; seed {meta['seed']}. A comment
        is read by itself; with `--whole-threads` the probabilities of its thread's other comments (exponent
        {info['thread_exponent']:g}) and of its author's there ({info['author_exponent']:g}) count too. `make model` makes the same bytes again
        (checksum `{info['checksum']}`, {info['bytes'] / 1e6:.1f} MB).""")
    return f"""## Data

{provenance}

{table(("target", "labels trained on"), labels)}

## Settings

{settings}"""


def figures_row(name, judged, target):
    figures = [judged["figures"][metric] for metric in ("macro_f1", "f_avg", "accuracy")]
    if target == "topic":
        figures[1] = {"value": None}
    return (name, *map(spread, figures))


def figures_table(report, threads, target, annotators=None):
    """One target's systems, the model a second time as it judges in whole threads."""
    rows = [figures_row(s["name"], s, target) for s in view(report, target)["systems"]]
    rows.insert(1, figures_row("model, in whole threads", system(view(threads, target), "model"), target))
    rows += [figures_row(f"annotator {who}", view(judged, target)["systems"][0], target)
             for who, judged in (annotators or {}).items()]
    return table((f"`{target}`", "macro-F1", "F_avg", "accuracy"), rows)


def label_table(report, target):
    rows = [(label, f["gold"], f["predicted"], *(spread(f[name]) for name in ("precision", "recall", "f1")))
            for label, f in system(view(report, target), "model")["labels"].items() if f["gold"]]
    return table((f"`{target}`", "gold", "said", "precision", "recall", "F1"), rows)


def scores(facts):
    test, cv = facts["test"], facts["cv"]
    parts = [f"""## Scores

In percent, with 95 % intervals that resample whole threads. They are of synthetic text: expect less on real comments.

### The test part: {test['comments']} comments in {test['groups']} threads, scored and never searched
"""]
    parts += [figures_table(test, facts["test_threads"], target, facts["annotators"]) + "\n" for target in TARGETS]
    parts += [label_table(test, target) + "\n" for target in TARGETS]
    parts.append(f"""The majorities read nothing; *length, punctuation* sees how a text looks and not one word; *target-blind* does not
know which target is asked for. *In whole threads* is `--whole-threads`: synthetic authors keep to a side and synthetic
threads to a subject, perhaps more than real ones, so that this gain above all is to be measured on threads of yours. An
annotator is one independent reading against the decision, which that reading is part of.

### Cross-validated: {cv['comments']} comments of the other parts, {len(cv['folds'])} folds, everything chosen inside each
""")
    parts += [figures_table(cv, facts["cv_threads"], target) + "\n" for target in TARGETS]
    return "\n".join(parts).rstrip()


def gap(facts):
    """What the model lacks to one annotator, per stance."""
    test = facts["test"]
    texts = []
    for target in STANCES:
        model = system(view(test, target), "model")["figures"]["macro_f1"]["value"]
        reader = min(view(judged, target)["systems"][0]["figures"]["macro_f1"]["value"]
                     for judged in facts["annotators"].values())
        texts.append(f"{number(reader - model)} points on `{target}`")
    return " and ".join(texts)


def slice_name(field, value):
    if field == "doubt" and value.startswith("rule "):
        case = HARD_CASES.get(value[5:])
        return f"a doubt by {value}" + (f": {case}" if case else "")
    return {"no doubt": "no reader doubted", "several rules": "a doubt by several rules",
            "no rule named": "a doubt, no rule named"}.get(value, value)


def weak_spots(facts):
    test, rows = facts["test"], []
    for field in ("register", "subject", "place", "length", "doubt"):
        values = sorted({v["value"] for v in test["views"] if v["field"] == field and v["value"] is not None},
                        key=lambda text: (LENGTHS.index(text) if text in LENGTHS else 0, text))
        for value in values:
            views = [view(test, target, field, value) for target in STANCES]
            if None in views or views[0]["rows"] < LEAST_ROWS:
                continue
            models = [system(v, "model")["figures"] for v in views]
            macro = ["–", "–"] if value == "other" else [spread(m["macro_f1"]) for m in models]
            rows.append((slice_name(field, value), views[0]["rows"], *macro,
                         *(number(m["accuracy"]["value"]) for m in models)))
    distance = filled(f"""One annotator is ahead of the model by {gap(facts)} of macro-F1 on the test part. The
        annotators are language models of one kind and agree almost always, so that this is the distance to a reader
        who knows the writer's ways. What it is made of, on the test part (slices of at least {LEAST_ROWS} comments; a
        register has some seven threads, too few for a good interval):""")
    return f"""## Where it fails

{distance}

{table(("slice", "comments", "`ban` macro-F1", "`spying` macro-F1", "`ban` right", "`spying` right"), rows)}

`other` holds threads on other subjects, where nobody takes a stance. Between the annotators and the model lies what is
said by allusion to the parent or the article, which the model does not see, and what an n-gram means only with
others around it: irony, negation, the two sides of one sentence."""


def curve(facts):
    points = facts["cv"]["learning_curve"]
    whole = view(facts["cv"], None)["systems"][0]["figures"]["macro_f1"]
    n = sum(fold["train_rows"] for fold in facts["cv"]["folds"]) / len(facts["cv"]["folds"]) / len(TARGETS)
    rows = [(round(p["train_rows"] / len(TARGETS)), spread(p["macro_f1"])) for p in points] + [(round(n), spread(whole))]
    last = points[-1]
    slope = (whole["value"] - last["macro_f1"]["value"]) / math.log2(n * len(TARGETS) / last["train_rows"])
    gain = 100 * slope * math.log2((n + 500) / n)
    return f"""## Learning curve

Macro-F1 of all targets together, cross-validated, where training threads are left out:

{table(("comments trained on", "macro-F1"), rows)}

By the last step of the curve a doubling brings {100 * slope:.1f} points, and 500 comments more of the same kind some {gain:.1f}."""


def strongest(facts):
    rows = [(f"`{t['target']}`", label["label"], ", ".join(f"`{g['ngram']}`" for g in label["ngrams"]))
            for t in facts["ngrams"]["targets"] for label in t["labels"] if label["ngrams"]]
    return f"""## Strongest n-grams

By idf times mean weight (`stance explain -m model/tiktok-fr.stance`); `c:` marks n-grams of characters. Many are rare
and odd: a decision is the sum of hundreds of weak ones.

{table(("target", "label", "n-grams"), rows)}"""


def shortened(text):
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


def failures(facts):
    rows, seen = [], set()
    for e in facts["cv"]["errors"]:
        if e["target"] in STANCES and e["id"] not in seen and len(rows) < EXAMPLES:
            seen.add(e["id"])
            rows.append((f"`{e['target']}`", e["gold"], f"{e['label']} {e['p']:.2f}", shortened(e["text"])))
    return f"""## Known failures

- Irony, quotation and allusion are seen only as far as n-grams show them.
- « +1 », « n'importe quoi », « source ? » get the label that such words had most often.
- Who names another firm, another ban or another spy in the words of this debate may be given a stance.
- Slogans, events and words newer than 2025 are unknown to it.

The most confident errors of the cross-validation (train and dev parts):

{table(("target", "gold", "said", "comment"), rows)}"""


USES = """## Uses

Meant for: sorting a dump of French comments on TikTok for reading; a first look; a start for a model of your own,
trained with labels of your own. With a labelled random sample of the same dump, for a share.

Not meant for: saying what the French think; judging, flagging or sanctioning a person; moderating without a human
reading; a share without a labelled sample; articles, other languages, other targets."""


def card(facts):
    head = """# The shipped model: tiktok-fr

`tiktok-fr.stance` gives French forum comments a label toward three targets: `ban` (TikTok should be banned, blocked or
sold by force: favor, against, none), `spying` (TikTok spies: favor, against, none) and `topic` (the comment speaks of
either: on, off). This card is written by `make card` from the model, the corpus and kept results; [FORMAT.md](FORMAT.md)
describes the file's bytes."""
    parts = [head, real_comments(facts), data(facts), scores(facts), weak_spots(facts), curve(facts), strongest(facts),
             failures(facts), USES]
    return "\n\n".join(parts) + "\n"
