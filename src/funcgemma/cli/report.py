"""`funcgemma report`: work with saved reports."""

from pathlib import Path

import click

from funcgemma.cli.compare_view import show_comparison
from funcgemma.cli.console import print_json, say
from funcgemma.cli.settings import load_settings
from funcgemma.evaluation.files import read_report, save_text
from funcgemma.evaluation.side_by_side import side_by_side


@click.group("report")
def command() -> None:
    """Work with reports saved by `funcgemma evaluate --output FILE`."""


@command.command("compare")
@click.argument("reports", metavar="A B [C]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), help="Write the comparison as a page.")
@click.option("--json", "as_json", is_flag=True, help="The comparison as one JSON object.")
def compare(reports: tuple[Path, ...], html: Path | None, as_json: bool) -> None:
    """Set saved reports side by side, a column each.

    Differences are from A, with 95 % intervals: paired, case by case, when both judged the
    same cases. Only those whose interval leaves out zero are called better or worse, and only
    where six or more cases (or writers) differ.
    """
    if len(reports) < 2:
        raise click.UsageError("give two reports or more")
    found = side_by_side([read_report(path) for path in reports], _names(reports))
    if html is not None:
        from funcgemma.evaluation.render.comparison import render_comparison

        save_text(html, render_comparison(found, load_settings().spoken))
        say(f"Wrote the page {html}")
    if not as_json:
        show_comparison(found)
    elif len(reports) == 2:  # the differences of the two stand on top
        print_json({**found["differences"][0], **found})
    else:
        print_json(found)


def _names(reports: tuple[Path, ...]) -> list[str]:
    """File names where they differ, else whole paths."""
    names = [path.name for path in reports]
    return names if len(set(names)) == len(names) else [str(path) for path in reports]
