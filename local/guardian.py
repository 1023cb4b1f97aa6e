"""Runs one command for as long as our process lives: `python -IS guardian.py COMMAND…`.

Its standard input is a pipe whose other end only our process holds. When that closes, be it that we
stop the command, crash or are killed, the guardian ends the command and everything it started.
Runs without the checkout on its path, hence the standard library alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

# How long the command may take to end by itself before it is killed.
GRACE_SECONDS = 1


def main(command: list[str]) -> int:
    """Run the command until it ends or our process does; its exit code is not passed on."""
    # Ended by the pipe alone, so that nothing is left behind. A handler, unlike SIG_IGN, is not inherited.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 # the caller's own command
    except OSError as error:
        sys.stderr.write(f"{command[0]} could not be started: {error.strerror}\n")
        return 127
    threading.Thread(target=_end_with_our_process, args=[child], daemon=True).start()
    child.wait()
    # What it started and left: the whole group, ourselves included, for we lead a session of our own.
    os.killpg(0, signal.SIGKILL)
    return 0


def _end_with_our_process(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    child.terminate()
    time.sleep(GRACE_SECONDS)
    child.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
