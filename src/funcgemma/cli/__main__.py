"""`python -m funcgemma.cli`."""

from funcgemma.cli import main

main()
