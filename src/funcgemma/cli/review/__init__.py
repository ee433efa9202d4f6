"""`funcgemma review`: what the router was least sure of, judged by the user and learned."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from funcgemma.cli.bootstrap import keeper_of
from funcgemma.cli.console import print_json, say
from funcgemma.cli.keeper import Keeper
from funcgemma.cli.review.asking import NONE, RIGHT, SKIP, WRONG, Reviewer
from funcgemma.cli.review.found import Found, find, item_to_json, logged
from funcgemma.cli.review.kept import remove_log, show_entries
from funcgemma.cli.review.marks import MARKS
from funcgemma.cli.review.words import sentence
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.cli.tables import echo
from funcgemma.cli.teach.report import learn
from funcgemma.cli.teach.teacher import Teacher, serving_router
from funcgemma.functions.plugins import known_functions
from funcgemma.router import Router
from funcgemma.training.doubt import Doubtful


@dataclass(frozen=True, slots=True)
class _Work:
    settings: Settings
    keeper: Keeper
    as_json: bool

    @property
    def data(self) -> Path:
        return self.keeper.file.parent

    @property
    def language(self) -> str:
        return self.settings.spoken


@click.command("review")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), metavar="N")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--later", is_flag=True, help="Don't train now: the next start learns it.")
@click.option("--list", "listing", is_flag=True, help="Show all that was logged; ask nothing.")
@click.option("--clear", is_flag=True, help="Remove the log.")
@click.option("--yes", is_flag=True, help="Don't ask whether to remove it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; ask nothing.")
@click.pass_obj
def command(
    keeper: Keeper | None,
    limit: int,
    functions: Path | None,
    later: bool,
    listing: bool,
    clear: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Judge what the router was least sure of, one key each; it is learned.

    Needs the setting `log`, which is off by default. What is right and what was put right goes
    where `funcgemma correct` keeps corrections; from a pipe a line is an answer.
    docs/learning.md tells more.

    Exit codes: 0 done; 1 kept, but held back; 2 wrong use; 3 no disk.
    """
    if clear and (listing or as_json or later):
        raise click.UsageError("--clear stands alone")
    settings = load_settings()
    if clear:
        data = keeper.file.parent if keeper else settings.data_path
        return remove_log(data, settings.spoken, ask=sys.stdin.isatty() and not yes)
    work = _Work(settings, keeper or keeper_of(settings, known_functions(functions)), as_json)
    entries = logged(work.data)
    if not entries and not as_json:
        say(_nothing(work, Found()))
    if entries and listing:
        show_entries(entries, work.language, as_json)
    elif entries:
        return _judge(work, limit, later)
    return 0


def _judge(work: _Work, limit: int, later: bool) -> int:
    """List what is doubtful, or ask about it."""
    router = serving_router(work.keeper, work.settings.max_false_action)
    found = find(work.data, router, limit)
    for problem in found.problems:
        say(sentence(work.language, "unreadable", problem=problem))
    if work.as_json:
        for item in found.items:
            print_json(item_to_json(item))
        return 0
    if found.others:
        say(sentence(work.language, "others", count=found.others))
    if not found.items:
        say(_nothing(work, found))
        return 0
    return _review(work, router, found.items, later)


def _nothing(work: _Work, found: Found) -> str:
    if not found.logged and not work.settings.log:
        return sentence(work.language, "off")
    return sentence(work.language, "nothing", logged=found.logged, reviewed=found.reviewed)


def _review(work: _Work, router: Router, items: Sequence[Doubtful], later: bool) -> int:
    """Ask, then train again; 1 if something was held back."""
    teacher = Teacher.of(work.settings, work.keeper)
    reviewer = Reviewer(router, teacher, work.data / MARKS, work.language)
    try:
        reviewer.review(items)
    except (click.Abort, KeyboardInterrupt):
        if reviewer.kept:
            say(sentence(work.language, "left", count=reviewer.kept))
        raise
    counts = {name: reviewer.answers[name] for name in (RIGHT, WRONG, NONE, SKIP)}
    echo(sentence(work.language, "summary", **counts))
    if later or not reviewer.kept:
        if reviewer.kept:
            say(sentence(work.language, "left", count=reviewer.kept))
        return 0
    return learn(work.keeper, work.language)
