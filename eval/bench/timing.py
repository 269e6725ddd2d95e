# SPDX-License-Identifier: MIT
"""The cost of a command: seconds, processor seconds, peak memory, and a limit that stops it.

A command's peak memory starts at what the process that started it held, so that whoever measures
keeps small: what needs much goes through apart().
"""
import collections
import os
import signal
import sys
import threading
import time

Cost = collections.namedtuple("Cost", "seconds processor peak_mb status stopped")


def measure(command, limit=None, output=None):
    """Runs a command, its standard output and error into a file; stopped after limit seconds."""
    files = [(os.POSIX_SPAWN_OPEN, 1, output or os.devnull,
              os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    timer = threading.Timer(limit, os.kill, (pid, signal.SIGKILL)) if limit else None
    if timer:
        timer.start()
    _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - start
    if timer:
        timer.cancel()
    status = os.waitstatus_to_exitcode(status)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, status,
                limit is not None and status == -signal.SIGKILL and seconds >= limit)


def apart(function, *arguments):
    """Calls a function in a process of its own, whose memory goes with it."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            function(*arguments)
            code = 0
        finally:
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise RuntimeError("%s failed" % function.__name__)
