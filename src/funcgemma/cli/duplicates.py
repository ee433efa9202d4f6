"""Show what `funcgemma corpus duplicates` found."""

from funcgemma.cli.tables import echo, show_table
from funcgemma.data.duplicates import Duplicates, Pair
from funcgemma.data.similar import SHORT
from funcgemma.records import Case

SHOWN_SHORT = 10


def show_duplicates(found: Duplicates, cases: int, limit: int) -> None:
    """Print the pairs, at most `limit` of each kind, short texts, and the counts."""
    for title, within in (("Within writers", True), ("Between writers", False)):
        pairs = [pair for pair in found.pairs if pair.within == within]
        if pairs and limit:
            echo(f"{title}:")
            for pair in pairs[:limit]:
                echo(_line(pair))
            if len(pairs) > limit:
                echo(f"  … and {len(pairs) - limit} more")
            echo("")
    if found.short and limit:
        echo(f"The same, in fewer than {SHORT} characters (expected):")
        echo("  " + ", ".join(f"{text} ×{len(of)}" for text, of in found.short[:SHOWN_SHORT]))
        echo("")
    _show_counts(found, cases)


def _line(pair: Pair) -> str:
    return f"  {pair.similarity:.2f}  {_place(pair.first)}  |  {_place(pair.second)}"


def _place(case: Case) -> str:
    return f"{case.id} {case.text}".replace("\n", " ")


def _show_counts(found: Duplicates, cases: int) -> None:
    rows = [
        [
            title,
            str(found.count(within=within, same=True)),
            str(found.count(within=within, same=False)),
        ]
        for title, within in (("within writers", True), ("between writers", False))
    ]
    show_table(f"Pairs among {cases} cases", ["", "same", "near"], rows)
    count = sum(len(of) for _, of in found.short)
    echo(f"{len(found.short)} short texts are the same in {count} cases.")
