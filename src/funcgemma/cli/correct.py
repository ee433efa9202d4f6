"""`funcgemma correct`: say what would have been right, and have it learned."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from funcgemma.cli.bootstrap import keeper_of
from funcgemma.cli.console import print_json, say
from funcgemma.cli.keeper import Keeper
from funcgemma.cli.route import clock_of
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.cli.tables import echo
from funcgemma.cli.teach.answers import find_function, read_assignments
from funcgemma.cli.teach.asking import ask_calls
from funcgemma.cli.teach.click_asker import ClickAsker
from funcgemma.cli.teach.report import learn, spoken_calls
from funcgemma.cli.teach.teacher import Teacher, draft, recalled, serving_router
from funcgemma.cli.teach.words import STATES, sentence
from funcgemma.cli.teach.words import say as spoken
from funcgemma.data.cases import case_to_json
from funcgemma.errors import DataError
from funcgemma.functions.plugins import known_functions
from funcgemma.records import Case, Dialogue, FunctionCall, Message, Role
from funcgemma.router import Router
from funcgemma.training.corrections import identity, remove_correction

ROLES: dict[str, Role] = {"U:": "user", "A:": "assistant"}


@dataclass(frozen=True, slots=True)
class _Work:
    settings: Settings
    keeper: Keeper
    as_json: bool


@click.command("correct")
@click.argument("text", required=False)
@click.argument("assignments", nargs=-1, metavar="[ARGUMENT=VALUE]...")
@click.option("--function", metavar="NAME", help="The function that would have been right.")
@click.option("--none", "nothing", is_flag=True, help="No function would have been right.")
@click.option(
    "--history",
    multiple=True,
    metavar="TURN",
    help="An earlier turn, 'U: …' or 'A: …', oldest first; may be given several times.",
)
@click.option("--now", help="The clock, ISO 8601; default: this machine's.")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--yes", is_flag=True, help="Don't ask whether to keep it.")
@click.option("--later", is_flag=True, help="Don't train now: the next start learns it.")
@click.option("--list", "listing", is_flag=True, help="Show all corrections.")
@click.option("--remove", metavar="ID", help="Take a correction back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def command(
    keeper: Keeper | None,
    text: str | None,
    assignments: tuple[str, ...],
    function: str | None,
    nothing: bool,
    history: tuple[str, ...],
    now: str | None,
    functions: Path | None,
    yes: bool,
    later: bool,
    listing: bool,
    remove: str | None,
    as_json: bool,
) -> int:
    """Say what TEXT asks for, and train again.

    Without --function or --none you are asked. What is learned is checked: a model that has
    lost too much elsewhere, or that still answers otherwise, is not used; the correction then
    stays on file. docs/chat.md tells more.

    Exit codes: 0 done; 1 kept, but held back; 2 wrong use; 3 no disk.
    """
    _check_use(text, assignments, function, nothing, alone=listing or remove is not None)
    settings = load_settings()
    work = _Work(settings, keeper or keeper_of(settings, known_functions(functions)), as_json)
    if listing:
        return _list(work)
    if remove is not None:
        case = remove_correction(work.keeper.file, remove)
        say(sentence(settings.spoken, "removed", id=case.id))
        return 0 if later else learn(work.keeper, settings.spoken)
    router = serving_router(work.keeper, settings.max_false_action, train=not later)
    dialogue = recalled(router, _dialogue(text or "", history, now))
    said = router.route(dialogue)
    if nothing:
        calls: tuple[FunctionCall, ...] = ()
    elif function:
        definition = find_function(function, router.definitions)
        calls = (read_assignments(definition, assignments, dialogue),)
    else:
        calls = ask_calls(ClickAsker(), router, dialogue, said, settings.spoken)
    case = draft(router, dialogue, said, calls)
    if not _keep(work, router, case, ask=sys.stdin.isatty() and not yes):
        return 0
    if later:
        say(sentence(settings.spoken, "later"))
    code = 0 if later else learn(work.keeper, settings.spoken)
    _result(work, case)
    return code


def _check_use(
    text: str | None, assignments: tuple[str, ...], function: str | None, nothing: bool, alone: bool
) -> None:
    if alone and (text or function or nothing):
        raise click.UsageError("--list and --remove stand alone")
    if alone:
        return
    if not (text or "").strip():
        raise click.UsageError("give the TEXT that was understood wrongly")
    if nothing and (function or assignments):
        raise click.UsageError("--none takes no function and no arguments")
    if assignments and not function:
        raise click.UsageError(f"'{assignments[0]}' needs --function NAME")


def _dialogue(text: str, history: tuple[str, ...], now: str | None) -> Dialogue:
    turns: list[Message] = []
    for turn in history:
        role = ROLES.get(turn.strip()[:2])
        if role is None:
            raise DataError(f"'{turn}' is no turn", "write 'U: …' for the user, 'A: …' for replies")
        turns.append(Message(role, turn.strip()[2:].strip()))
    return Dialogue((*turns, Message("user", text.strip())), clock_of(now))


def _keep(work: _Work, router: Router, case: Case, ask: bool) -> bool:
    """Write it down, unless there is nothing to correct or the user says no."""
    language = work.settings.spoken
    teacher = Teacher.of(work.settings, work.keeper)
    if not teacher.is_needed(router, case):
        say(sentence(language, "agrees"))
        return False
    say(sentence(language, "right_now", calls=spoken_calls(case.calls, language)))
    if ask and not ClickAsker().agree(sentence(language, "save")):
        say(sentence(language, "not_kept"))
        return False
    replaced = teacher.save(case)
    say(sentence(language, "replaced" if replaced else "kept", id=case.id))
    return True


def _result(work: _Work, case: Case) -> None:
    """The correction and what became of it, for scripts."""
    state = {identity(known): state for known, state in work.keeper.corrections()}[identity(case)]
    if work.as_json:
        print_json({**case_to_json(case), "state": state})
    else:
        echo(f"{case.id}  {spoken(work.settings.spoken, STATES[state])}")


def _list(work: _Work) -> int:
    """Every correction on a line."""
    language = work.settings.spoken
    known = work.keeper.corrections()
    for case, state in known:
        if work.as_json:
            print_json({**case_to_json(case), "state": state})
            continue
        answer = spoken_calls(case.calls, language)
        turns = f" (+{len(case.history)})" if case.history else ""
        echo(f"{case.id}  {case.text}{turns}  →  {answer}  [{spoken(language, STATES[state])}]")
    if not known and not work.as_json:
        say(sentence(language, "no_corrections"))
    return 0
