# SPDX-License-Identifier: MIT
"""Rows: labelled (comment, target) pairs, and the TSV that predictions are exchanged in."""
import dataclasses
import json
import re

ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


@dataclasses.dataclass(frozen=True)
class Row:
    id: str
    target: str
    label: str
    text: str = ""
    statement: str = ""  # what the target says, or its name
    group: str = ""      # rows of one group are never parted by folds

    def key(self):
        return self.id, self.target


def read_statements(path):
    """The statement of each target, by id, from a file of definitions."""
    with open(path, encoding="utf-8") as file:
        targets = [json.loads(line) for line in file if line.strip()]
    return {t["id"]: t.get("statement") or t["id"] for t in targets}


def group_of(comment, field):
    """As stance groups: the field, else thread, author or the comment itself."""
    for name in [field] if field else ["thread", "author"]:
        if comment.get(name):
            return f"{name} {comment[name]}"
    return f"comment {comment['id']}"


def read_rows(paths, group="", statements=None):
    """The labelled rows of NDJSON files, in their order."""
    rows, statements = [], statements or {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in filter(str.strip, file):
                comment = json.loads(line)
                for target, label in (comment.get("stance") or {}).items():
                    if label is not None:
                        rows.append(Row(str(comment["id"]), target, label, comment["text"],
                                        statements.get(target, target),
                                        group_of(comment, group)))
    return rows


def escape(value):
    for escaped, plain in reversed(ESCAPES.items()):
        value = value.replace(plain, escaped)
    return value


def unescape(value):
    return re.sub(r"\\[tnr\\]", lambda match: ESCAPES[match.group()], value)


def read_tsv(path):
    """The records of a TSV file with a header, as dicts."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = [line.removesuffix("\r") for line in file.read().split("\n")]
    header = lines[0].split("\t")
    records = []
    for number, line in enumerate(lines[1:], 2):
        if line:
            values = [unescape(value) for value in line.split("\t")]
            if len(values) != len(header):
                raise ValueError(f"{path}:{number}: {len(values)} fields, expected {len(header)}")
            records.append(dict(zip(header, values)))
    return records


def write_tsv(path, header, records):
    with open(path, "w", encoding="utf-8", newline="") as file:
        for record in [header, *records]:
            file.write("\t".join(escape(str(value)) for value in record) + "\n")


def write_predictions(path, rows, labels):
    write_tsv(path, ["id", "target", "label"],
              [(row.id, row.target, label) for row, label in zip(rows, labels)])
