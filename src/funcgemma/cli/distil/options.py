"""The options of `funcgemma train` that bring in a teacher."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from funcgemma.training.trust import PRECISION

GOLD = 200

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to ask about what.

    Attributes:
        teacher: Its spec: a backend's, or a resolver that asks a language model.
        texts: Files of texts, or `log`.
        precision: Share of what is kept that is to be right.
        threshold: The threshold, if it is not to be chosen.
        gold: Of about how many cases with known answers it is asked.
    """

    teacher: str
    texts: tuple[str, ...]
    precision: float
    threshold: float | None
    gold: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for at the command line.

    Attributes:
        request: Whom to ask about what; None = the labels are there.
        labels: The file of labels.
        only: Whether to label and not to train.
    """

    request: Request | None
    labels: Path | None
    only: bool

    def check(self, output: Path | None) -> None:
        """Refuse what makes no sense.

        Raises:
            UsageError: Says what is missing or too much.
        """
        if self.request is None and self.only:
            raise click.UsageError("--label-only needs --teacher and --texts")
        if self.only == (output is not None):
            raise click.UsageError(
                "--label-only takes no --output"
                if self.only
                else "give --output too (a model that has had a teacher is used with --model), "
                "or --label-only"
            )


def teacher_options(command: F) -> F:
    """The options; the command gets them as its `lesson`, None where there are none."""

    @wraps(command)
    def taught(
        *args: Any,
        teacher: str | None,
        texts: tuple[str, ...],
        labels: Path | None,
        label_only: bool,
        precision: float,
        threshold: float | None,
        gold: int,
        **options: Any,
    ) -> Any:
        if (teacher is None) != (not texts):
            raise click.UsageError("--teacher and --texts go together")
        request = None
        if teacher is not None:
            request = Request(teacher, texts, precision, threshold, gold)
        lesson = Wish(request, labels, label_only)
        return command(*args, lesson=lesson if request or labels or label_only else None, **options)

    for option in reversed(_OPTIONS):
        taught = option(taught)
    return cast(F, taught)


_OPTIONS = (
    click.option(
        "--teacher",
        metavar="SPEC",
        help="Who labels texts: a language model (ollama:MODEL, llamacpp:FILE.gguf, "
        "transformers:DIR) or a resolver that asks one (peft:RUN, functiongemma, cascade).",
    ),
    click.option(
        "--texts",
        multiple=True,
        metavar="FILE",
        help="Texts to label: an utterance a line (.txt), cases (.jsonl; their calls are "
        "ignored), or `log`, the local log; may be given several times.",
    ),
    click.option(
        "--labels",
        type=click.Path(path_type=Path),
        help="The file of labels; without --teacher it is learned from as it stands.",
    ),
    click.option("--label-only", is_flag=True, help="Label, and don't train."),
    click.option(
        "--precision",
        type=click.FloatRange(0, 1),
        default=PRECISION,
        show_default=True,
        help="Share of the kept labels that is to be right.",
    ),
    click.option(
        "--threshold",
        type=click.FloatRange(0, 1),
        help="How sure the teacher must be; default: chosen where the right answer is known.",
    ),
    click.option(
        "--gold",
        type=click.IntRange(0),
        default=GOLD,
        show_default=True,
        help="Of about how many cases with known answers the teacher is asked, too.",
    ),
)
