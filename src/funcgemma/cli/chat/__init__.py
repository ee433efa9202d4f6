"""`funcgemma chat`: talk; functions are routed, run, and their results shown."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from funcgemma.cli.bootstrap import keeper_of, make_router
from funcgemma.cli.chat.desk import Desk, read_all
from funcgemma.cli.chat.screen import JsonScreen, LateScreen, PlainScreen, Screen
from funcgemma.cli.chat.warm import warm_up
from funcgemma.cli.console import say
from funcgemma.cli.diary import Diary
from funcgemma.cli.resolvers import resolver_options
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.cli.teach.teacher import Teacher
from funcgemma.cli.world import World
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.router import Router
from funcgemma.session import Manners, Session


@click.command("chat")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder.")
@resolver_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object an utterance.")
@click.option("--no-train", is_flag=True, help="Never train; keywords decide without a model.")
@click.option("--home", metavar="PLACE", help="The place taken where none is said.")
@click.option("--phrase/--no-phrase", default=None, help="Have the chat model sum up results.")
@click.option("--language", type=click.Choice(("ja", "en")), help="What the program speaks.")
def command(
    functions: Path | None,
    model: Path | None,
    resolver: str | None,
    backend: str | None,
    as_json: bool,
    no_train: bool,
    home: str | None,
    phrase: bool | None,
    language: str | None,
) -> int:
    """Talk; functions are routed and run.

    At a terminal with history and cards; from a pipe a line is an utterance and the
    replies are plain text. /help lists the commands.
    """
    settings = load_settings({"home_location": home, "phrase": phrase, "language": language})
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
    try:
        router = make_router(
            settings,
            functions=functions,
            model=model,
            resolver=resolver,
            backend=backend,
            no_train=no_train,
        )
        learns = model is None and router.model is not None and not no_train
        teacher = _teacher(settings, router, learns)
        _converse(settings, router, teacher, as_json=as_json, at_terminal=at_terminal)
    except KeyboardInterrupt:
        if not at_terminal:
            raise
    return 0


def _teacher(settings: Settings, router: Router, learns: bool) -> Teacher:
    """Takes corrections; a model that was given is never changed by them."""
    registry = FunctionRegistry(tuple(router.definitions.values()))
    return Teacher.of(settings, keeper_of(settings, registry) if learns else None)


def _converse(
    settings: Settings, router: Router, teacher: Teacher, *, as_json: bool, at_terminal: bool
) -> None:
    world = World(settings)
    warm_up(router)
    manners = Manners(settings.home_location, phrase=settings.phrase)
    session = Session(router, world.context, manners=manners)
    diary = Diary.of(settings, router)
    if diary is not None:
        say(diary.notice(world.language))
    try:
        if at_terminal:
            _at_terminal(Desk(session, world, LateScreen(_cards), teacher, diary=diary), settings)
        else:
            screen: Screen = JsonScreen() if as_json else PlainScreen()
            read_all(Desk(session, world, screen, teacher, diary=diary), _lines())
    finally:
        world.close()


def _at_terminal(desk: Desk, settings: Settings) -> None:
    from funcgemma.cli.chat.terminal import PromptAsker, talk

    talk(replace(desk, asker=PromptAsker(desk.world)), settings.data_path)


def _cards() -> Screen:
    from funcgemma.cli.chat.cards import CardScreen

    return CardScreen()


def _lines() -> Iterator[str]:
    """The lines of standard input; bytes that are no text become question marks."""
    encoding = sys.stdin.encoding or "utf-8"
    for raw in sys.stdin.buffer:
        yield raw.decode(encoding, errors="replace").removeprefix("\ufeff")
