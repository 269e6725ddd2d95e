# SPDX-License-Identifier: MIT
"""What must hold of every file of the corpus folder: schema, ids, order, encoding, readings, decisions.

check_all() returns one line per thing that is wrong. Later checks lean on earlier ones, so each stage
needs the one before to be clean.
"""
import re
import unicodedata

from corpuslib.data import (FRESH, READERS, THIRD, CorpusError, computed_files, drawn_tenth, gold_answers,
                            split_threads)
from corpuslib.neardup import DUPLICATE, closest_pairs, same_words

REGISTERS = ("facebook", "gaming-forum", "newspaper", "reddit", "tech-forum", "youtube")
SUBJECTS = ("tiktok", "other")
SHAPES = {  # kind: {key: type}; the keys in that order
    "article": {"thread": str, "batch": int, "date": str, "register": str, "subject": str, "title": str,
                "summary": str},
    "comment": {"id": str, "thread": str, "parent": (str, type(None)), "author": str, "date": str, "text": str},
    "intention": {"id": str, "stance": dict},
    "session": {"session": str, "annotator": str, "way": str, "order": str},
    "annotation": {"id": str, "annotator": str, "session": str, "stance": dict},
    "decision": {"id": str, "target": str, "label": str, "reason": str, "annotator": str},
    "target": {"id": str, "statement": str, "definition": str, "labels": dict},
}
OPTIONAL = {  # kind: {key: type}; where they stand is free
    "annotation": {"codes": dict, "note": str, "sample_prob": float},  # note: the annotator's doubt, in a few words
    "decision": {"code": str},
    "target": {"codes": dict},
}
# Control characters but LF, the line ends that are not LF, and the byte order mark.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
DAY, MINUTE = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
LINK = re.compile(r"https?://([^/\s]+)")
RESERVED = re.compile(r"(?:.*\.)?example(?:\.(?:com|net|org))?")
ADDRESS = re.compile(r"\S@\w|www\.")


class Report:
    """Collects what is wrong, so that one run tells all of it."""

    def __init__(self):
        self.problems = []

    def expect(self, condition, where, message):
        if not condition:
            self.problems.append(f"{where}: {message}")
        return bool(condition)


def check_shape(report, where, record, kind):
    shape, optional = SHAPES[kind], OPTIONAL.get(kind, {})
    keys = [key for key in record if key not in optional]
    if not report.expect(keys == list(shape), where, f"keys {keys}, expected {list(shape)}"):
        return False
    wrong = [key for key in record if not isinstance(record[key], {**shape, **optional}[key])]
    return report.expect(not wrong, where, f"wrong type for {', '.join(wrong)}")


def check_text(report, where, text):
    report.expect(text.strip() != "", where, "empty text")
    report.expect(text == text.strip(), where, "white space around the text")
    report.expect(not FORBIDDEN.search(text), where, "a control character or a line end other than LF")
    report.expect(unicodedata.is_normalized("NFC", text), where, "text is not in NFC")
    report.expect(not ADDRESS.search(text), where, "an address or a bare site name")
    for host in LINK.findall(text):
        report.expect(RESERVED.fullmatch(host), where, f"link to {host}, which is not a reserved example domain")


def check_targets(report, corpus):
    for target in corpus.targets:
        where = f"target {target.get('id')}"
        if not check_shape(report, where, target, "target"):
            continue
        for code, meaning in target.get("codes", {}).items():
            known = isinstance(meaning, dict) and meaning.get("label") in list(target["labels"]) + [None]
            report.expect(known, where, f"code {code} belongs to no label")


def check_articles(report, corpus):
    names = [str(article.get("thread")) for article in corpus.articles]
    report.expect(names == sorted(set(names)), "articles.ndjson", "threads repeated or out of order")
    on_disk = {path.stem for path in (corpus.root / "threads").iterdir()}
    report.expect(on_disk == set(names), "threads/", f"articles and files differ: {sorted(on_disk ^ set(names))}")
    for article in corpus.articles:
        where = f"article {article.get('thread')}"
        if not check_shape(report, where, article, "article"):
            continue
        report.expect(re.fullmatch(r"t\d{3}", article["thread"]), where, "expected a name such as t001")
        report.expect(DAY.fullmatch(article["date"]), where, "expected a date such as 2024-01-31")
        report.expect(article["register"] in REGISTERS, where, f"unknown register {article['register']}")
        report.expect(article["subject"] in SUBJECTS, where, f"unknown subject {article['subject']}")
        for key in ("title", "summary"):
            check_text(report, f"{where} {key}", article[key])


def check_thread(report, article, thread):
    earlier, before = set(), ""
    for number, comment in enumerate(thread, 1):
        where = f"threads/{article['thread']}.ndjson:{number}"
        if not check_shape(report, where, comment, "comment"):
            continue
        report.expect(comment["id"] == f"{article['thread']}-{number:02d}", where, "id is not thread and rank")
        report.expect(comment["thread"] == article["thread"], where, "comment of another thread")
        report.expect(comment["parent"] is None or comment["parent"] in earlier, where,
                      f"parent {comment['parent']} is not an earlier comment of the thread")
        report.expect(re.fullmatch(r"u\d{4}", comment["author"]), where, "expected an author such as u0001")
        report.expect(MINUTE.fullmatch(comment["date"]), where, "expected a date such as 2024-01-31T23:59")
        report.expect(comment["date"] >= max(before, article["date"]), where, "older than what it follows")
        check_text(report, where, comment["text"])
        earlier.add(comment["id"])
        before = comment["date"]
    report.expect(thread, article["thread"], "no comments")


def check_answer(report, where, corpus, target_id, label, code):
    """A label of the target, and a code exactly where the target has codes for that label."""
    target = next((t for t in corpus.targets if t["id"] == target_id), None)
    if not report.expect(target, where, f"unknown target {target_id}"):
        return
    if not report.expect(label in target["labels"], where, f"unknown label {label} of {target_id}"):
        return
    codes = target.get("codes", {})
    wanted = [c for c, meaning in codes.items()
              if label != "none" and meaning.get("label") in (label, None)]
    if wanted:
        report.expect(code in wanted, where, f"code of {target_id} {label} is {code}, expected one of {wanted}")
    else:
        report.expect(code is None, where, f"{target_id} {label} takes no code")


def check_intentions(report, corpus):
    ids = {comment["id"] for comment in corpus.comments()}
    names = []
    for intention in corpus.intentions:
        where = f"intentions.ndjson {intention.get('id')}"
        if check_shape(report, where, intention, "intention"):
            names.append(intention["id"])
            for target, label in intention["stance"].items():
                report.expect(target in ("ban", "spying") and label in ("favor", "against", "none"), where,
                              f"unknown stance {target} {label}")
    report.expect(names == sorted(set(names)), "intentions.ndjson", "ids repeated or out of order")
    report.expect(set(names) <= ids, "intentions.ndjson", f"no such comments: {sorted(set(names) - ids)[:5]}")


def check_reading(report, corpus, where, who, annotation, sessions):
    report.expect(annotation["annotator"] == who, where, "another annotator's line")
    report.expect(sessions.get(annotation["session"]) == who, where, f"no such session of {who}")
    if not report.expect(list(annotation["stance"]) == corpus.target_ids, where, "every target once, in order"):
        return
    codes = annotation.get("codes", {})
    for target, label in annotation["stance"].items():
        check_answer(report, where, corpus, target, label, codes.get(target))
    stance = annotation["stance"]
    report.expect(stance["topic"] == "on" or stance["ban"] == stance["spying"] == "none", where,
                  "a stance, yet off the topic")


def check_annotations(report, corpus):
    ids = {comment["id"] for comment in corpus.comments()}
    sessions = {s.get("session"): s.get("annotator") for s in corpus.sessions
                if check_shape(report, f"session {s.get('session')}", s, "session")}
    tenth, prob = drawn_tenth(corpus)
    for who, annotations in corpus.annotations.items():
        where, wanted = f"annotations/{who}.ndjson", tenth if who == FRESH else ids
        for annotation in annotations:
            at = f"{where} {annotation.get('id')}"
            if check_shape(report, at, annotation, "annotation"):
                check_reading(report, corpus, at, who, annotation, sessions)
                report.expect(annotation.get("sample_prob") == (prob if who == FRESH else None), at,
                              "sample_prob is not that of the draw")
        labelled = [str(annotation.get("id")) for annotation in annotations]
        report.expect(labelled == sorted(set(labelled)), where, "ids repeated or out of order")
        report.expect(set(labelled) == wanted, where, f"not those to label: {sorted(set(labelled) ^ wanted)[:5]}")


def check_decision(report, corpus, decision, where):
    check_text(report, where, decision["reason"])
    report.expect(decision["annotator"] == THIRD, where, f"only {THIRD} decides")
    check_answer(report, where, corpus, decision["target"], decision["label"], decision.get("code"))


def check_decisions(report, corpus):
    """Decided where the readings differ, and nowhere else."""
    readings = [corpus.answers(who) for who in READERS + (FRESH,)]
    keys = []
    for decision in corpus.decisions:
        where = f"decision {decision.get('id')} {decision.get('target')}"
        if check_shape(report, where, decision, "decision"):
            keys.append((decision["id"], decision["target"]))
            check_decision(report, corpus, decision, where)
    report.expect(keys == sorted(set(keys)), "decisions.ndjson", "repeated or out of order")
    known = set(keys)
    for key in readings[0]:
        answers = {reading[key] for reading in readings if key in reading}
        report.expect((key in known) == (len(answers) > 1), " ".join(key),
                      "decided, but the readings agree" if key in known else "the readings differ and none decides")
    report.expect(known <= set(readings[0]), "decisions.ndjson", "a decision on no comment")


def check_gold(report, corpus):
    """The computed files are as committed, and in the gold a stance is on the topic."""
    try:
        files = computed_files(corpus)
    except CorpusError as error:
        report.expect(False, "gold", str(error))
        return
    gold = gold_answers(corpus)
    for comment in corpus.comments():
        ban, spying, topic = (gold[comment["id"], target][0] for target in ("ban", "spying", "topic"))
        report.expect(topic == "on" or ban == spying == "none", comment["id"], "a stance, yet off the topic")
    for path, text in files.items():
        try:
            same = path.read_bytes() == text.encode("utf-8")
        except OSError:
            same = False
        report.expect(same, path.relative_to(corpus.root), "is not what scripts/corpus-gold computes")
    on_disk = {path for path in (corpus.root / "gold").glob("*")}
    report.expect(on_disk <= set(files), "gold/", f"no part of the split: {sorted(map(str, on_disk - set(files)))}")


def check_duplicates(report, corpus):
    """None too alike: so no near-duplicate can cross the split, which is checked all the same."""
    comments, parts = corpus.comments(), split_threads(corpus)
    part_of = {comment["id"]: parts[comment["thread"]] for comment in comments}
    for alike, a, b in closest_pairs(comments):
        if alike > DUPLICATE:
            apart = "" if part_of[a] == part_of[b] else ", and the split parts them"
            report.expect(False, f"{a} and {b}", f"too alike: {alike:.2f} of their word 5-grams are shared{apart}")
    for a, b in same_words(comments):
        report.expect(False, b, f"same words as {a}")


def check_threads(report, corpus):
    for article, thread in zip(corpus.articles, corpus.threads):
        check_thread(report, article, thread)


STAGES = ((check_targets, check_articles), (check_threads,), (check_intentions, check_annotations),
          (check_decisions, check_duplicates), (check_gold,))


def check_all(corpus):
    report = Report()
    for stage in STAGES:
        for check in stage:
            check(report, corpus)
        if report.problems:
            break
    return report.problems
