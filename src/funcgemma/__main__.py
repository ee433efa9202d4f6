"""`python -m funcgemma`."""

from funcgemma.cli import main

main()
