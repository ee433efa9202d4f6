"""The command line: thin commands; the only place that prints or reads settings."""

import signal
import sys
from types import FrameType
from typing import NoReturn

ENDS = ("SIGTERM", "SIGHUP")
"""What a program is told to end by; Windows knows the first alone."""


def main() -> None:
    """Run `funcgemma`; a user's mistake ends with a sentence and an exit code, never a traceback.

    Exit codes: 0 done; 1 done, but some lines or checks failed; 2 wrong use or bad input;
    3 the world failed (no server, no disk); 130 stopped with Ctrl-C; 143 told to end (SIGTERM).
    """
    _hear_ends()
    try:
        from funcgemma.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader went away, as in `funcgemma … | head`
        sys.stderr.close()
        code = 0
    sys.exit(code)


def _hear_ends() -> None:
    """Being told to end unwinds the program as Ctrl-C does, so that half-made files go away."""
    for name in ENDS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # not under nohup
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
