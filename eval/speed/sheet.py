# SPDX-License-Identifier: MIT
"""Kept figures of speed: TSV under lines "# name: value" that say where, when and how.

Unlike the other results these are of one machine and one day, so both are named. No path of a
machine is: the command is given with the last part of each.
"""
import datetime
import os
import subprocess
import sys


def cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.partition(":")[2].strip() for line in file
                        if line.startswith("model name"))
    except (OSError, StopIteration):
        return "unknown processor"


def cores():
    return len(os.sched_getaffinity(0))


def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.partition("\n")[0].strip()


def stance_version(stance):
    here = os.path.dirname(os.path.abspath(__file__))
    commit = first_line(["git", "-C", here, "describe", "--always", "--dirty"])
    version = first_line([stance, "--version"]).partition(" (")[0]
    return version + (f" ({commit})" if commit else "")


def versions(stance, peers):
    peers = [(p.NAME, p.version()) for p in peers]
    gzip = first_line(["gzip", "--version"]) or "gzip unknown"
    return ", ".join([stance_version(stance), gzip, "Python %d.%d.%d" % sys.version_info[:3],
                      *(f"{name} {version}" for name, version in peers if version)])


def command_line(name):
    data = ["STANCE_DATA=DIR"] if os.environ.get("STANCE_DATA") else []
    return " ".join([*data, name, *(os.path.basename(word) for word in sys.argv[1:])])


def facts(name, stance, peers=()):
    """What stands above a table that a command measured, beside peers."""
    return {"machine": f"{cores()} cores, {cpu_model()}",
            "date": datetime.date.today().isoformat(),
            "versions": versions(stance, peers), "command": command_line(name)}


def write(path, header_facts, columns, rows):
    with open(path + ".part", "w", encoding="utf-8") as file:
        for name, value in header_facts.items():
            file.write(f"# {name}: {value}\n")
        for row in [columns, *([row[name] for name in columns] for row in rows)]:
            file.write("\t".join(map(str, row)) + "\n")
    os.replace(path + ".part", path)


def read(path):
    """(facts, records), all strings; both empty where there is no file."""
    if not os.path.exists(path):
        return {}, []
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    said = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    table = [line.split("\t") for line in lines if not line.startswith("# ")]
    return said, [dict(zip(table[0], row, strict=True)) for row in table[1:]]
