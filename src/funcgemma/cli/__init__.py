"""The command line: thin commands; the only place that prints or reads settings."""

import sys


def main() -> None:
    """Run `funcgemma`; a user's mistake ends with a sentence and an exit code, never a traceback.

    Exit codes: 0 done; 1 done, but some lines or checks failed; 2 wrong use or bad input;
    3 the world failed (no server, no disk); 130 stopped with Ctrl-C.
    """
    try:
        from funcgemma.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader went away, as in `funcgemma … | head`
        sys.stderr.close()
        code = 0
    sys.exit(code)
