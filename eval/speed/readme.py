# SPDX-License-Identifier: MIT
"""The block on speed of the README, from eval/results/speed.tsv: a row per program and cores."""
from bench.table import NOTHING, markdown

from . import dumps

BEGIN, END = "<!-- speed:begin -->\n", "<!-- speed:end -->\n"
HEADER = ["program", "cores", *(cell for text in ("repeated text", "fresh text", "whole records")
                                for cell in (f"{text}, comments/s", "× zcat")), "peak MB"]


def name_of(record):
    return f"{record['program']} ({record['note']})" if record["note"] else record["program"]


def thousands(figure):
    return f"{int(figure):,}"


def rows_of(records):
    """Programs in their order; all dumps of one in one row, the largest of its peaks."""
    found = {}
    for record in records:
        if record["text"] != "start":
            found.setdefault((name_of(record), record["cores"]), {})[record["text"]] = record
    for (name, cores), texts in found.items():
        cells = [cell for text in dumps.KINDS for cell in
                 ((thousands(texts[text]["comments_per_s"]), texts[text]["ratio"])
                  if text in texts else (NOTHING, NOTHING))]
        yield [name, cores, *cells, "%.1f" % max(float(r["peak_mb"]) for r in texts.values())]


def start_line(records):
    found = [f"{r['program']} {1000 * float(r['seconds']):.0f} ms, {float(r['peak_mb']):.0f} MB"
             for r in records if r["text"] == "start"]
    return f"From the start of the program to its end, one comment: {'; '.join(found)}."


def caption(facts, records):
    zcat = next(r for r in records if r["program"] == "zcat")
    sizes = [facts[f"bytes of text per comment, {text}"] for text in (dumps.REPEATED, dumps.FRESH)]
    return (f"{thousands(zcat['comments'])} comments of {sizes[0]} and {sizes[1]} bytes (from "
            f"{facts['texts']}); median of {zcat['runs']} runs in turns; {facts['machine']}; "
            f"{facts['date']}; {facts['versions']}; `{facts['command']}`. `stance` labels every "
            "target of its model and writes the records again; `fastText` and `scikit-learn` write "
            "labels alone. Repeated text favours caches; in fresh text no comment comes twice and 9 of "
            "100 words were never seen before. Whole records are the fresh texts with all that the public "
            "dumps of Reddit keep beside a text, invented: bytes a record "
            f"{facts[f'bytes of a record, {dumps.WHOLE}']}, where fresh ones without have "
            f"{facts[f'bytes of a record, {dumps.FRESH}']}.")


def lines(facts, records):
    """What stands between the marks; where nothing was measured, that."""
    if not records:
        return ["Not measured yet: `make bench`."]
    skipped = [f"Skipped: {facts['skipped']}."] if "skipped" in facts else []
    shown = [caption(facts, records), start_line(records), *skipped]
    return [*markdown(HEADER, rows_of(records)), *(line for text in shown for line in ("", text))]
