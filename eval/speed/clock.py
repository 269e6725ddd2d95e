# SPDX-License-Identifier: MIT
"""What a command costs: seconds by the clock, peak memory, and how many lines it writes.

The command is started by /usr/bin/time, which is small: a process counts the memory of the one that
started it as its own peak, and this Python's would hide that of zcat. It ends by its own process
group where it takes too long.
"""
import collections
import hashlib
import os
import signal
import subprocess
import threading
import time

TIME = "/usr/bin/time"
Cost = collections.namedtuple("Cost", "seconds peak_mb lines")
BLOCK = 1 << 20


class Failed(Exception):
    """A command did not exit 0."""


class TooLong(Exception):
    """A command was ended: it ran longer than it was given."""


def available():
    return os.access(TIME, os.X_OK)


def wait(process, command, timeout):
    """Popen.wait(timeout) looks every 50 ms, which is too coarse: an alarm ends the process."""
    ended = threading.Event()

    def end():
        ended.set()
        os.killpg(process.pid, signal.SIGKILL)

    alarm = threading.Timer(timeout, end) if timeout else None
    if alarm:
        alarm.start()
    status = process.wait()
    if alarm:
        alarm.cancel()
    if ended.is_set():
        raise TooLong(f"{command[0]}: longer than {timeout:g} s")
    if status != 0:
        raise Failed(f"{os.path.basename(command[0])}: exit {status}")


def measure(command, folder, stdin=None, timeout=None, counted=False):
    """The Cost of a command whose output goes nowhere, or through `wc -l` where it is counted."""
    report = os.path.join(folder, "cost")
    counter = None
    if counted:
        counter = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out = counter.stdin if counter else subprocess.DEVNULL
    start = time.monotonic()
    with open(stdin or os.devnull, "rb") as source:
        process = subprocess.Popen([TIME, "-o", report, "-f", "%M", *command], stdin=source,
                                   stdout=out, start_new_session=True)
    lines = None
    try:
        wait(process, command, timeout)
    finally:
        if counter:
            lines = int(counter.communicate()[0])
    seconds = time.monotonic() - start
    with open(report, encoding="ascii") as file:
        peak = int(file.read().split()[-1])
    return Cost(seconds, peak / 1024, lines)


def output_of(command, stdin=None):
    """(lines, SHA-256) of what a command writes."""
    with open(stdin or os.devnull, "rb") as source:
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE,
                                   start_new_session=True)
    lines, total = 0, hashlib.sha256()
    while block := process.stdout.read(BLOCK):
        lines += block.count(b"\n")
        total.update(block)
    process.stdout.close()
    wait(process, command, None)
    return lines, total.hexdigest()


def start_up(command):
    """Seconds from starting a command to its end, without a program between."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    _, status = os.waitpid(pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        raise Failed(f"{os.path.basename(command[0])}: exit {os.waitstatus_to_exitcode(status)}")
    return seconds
