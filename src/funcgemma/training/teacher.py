"""A teacher labels text that nobody has labelled: a tuned model, or a larger one.

Whatever it answers is written down, with how sure it was, in a case file of its own; which
answers are fit to learn from is decided afterwards. A fifth of the text is held out, to see how
well a student agrees with the teacher on what it has not learned.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from funcgemma.data.labels import NO_FUNCTION, label_of
from funcgemma.data.scoring import Schemas, score_calls
from funcgemma.data.similar import plain
from funcgemma.errors import DataError
from funcgemma.records import Case, Decision, Stage
from funcgemma.router import Router
from funcgemma.training.corrections import identity
from funcgemma.training.distilled import DISTILLED
from funcgemma.training.trust import Judged, Thresholds

Part = Literal["gold", "train", "held"]

HELD = 20
"""Per cent of the text that is held out."""

WRITER = "teacher"

MEANINGS: Mapping[str, str] = {
    "problem": "the answer is malformed, or a value stands nowhere in the text",
    "incomplete": "a required argument is missing",
    "repeated": "the same call twice",
    "not_sure": "less sure than the threshold",
}
"""Why an answer is not learned from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A teacher's answer.

    Attributes:
        case: The utterance; its calls are the teacher's.
        decision: What it said of itself: confidence, problem, missing arguments.
        part: `gold` = the right answer is known; `train` or `held`.
        teacher: Its name.
        functions: Names the functions there were.
    """

    case: Case
    decision: Decision
    part: Part
    teacher: str
    functions: str


def key_of(case: Case) -> str:
    """Equal for utterances that are the same to a reader, in the same dialogue."""
    said = identity(case) if case.history else plain(case.text)
    return f"t-{hashlib.sha256(said.encode(errors='replace')).hexdigest()[:12]}"


def part_of(key: str) -> Part:
    """Where an utterance goes, whatever else there is."""
    return "held" if int(hashlib.sha256(key.encode()).hexdigest(), 16) % 100 < HELD else "train"


def new_texts(texts: Iterable[Case], known: Iterable[Case]) -> tuple[list[Case], Counter[str]]:
    """What is worth asking about, and how much of the rest there is for which reason.

    Args:
        texts: Utterances; their calls do not matter.
        known: Cases that are learned from anyway.
    """
    seen, gold = set[str](), {key_of(case) for case in known}
    left: list[Case] = []
    skipped: Counter[str] = Counter()
    for case in texts:
        key = key_of(case)
        if not case.text.strip():
            skipped["empty"] += 1
        elif key in gold:
            skipped["known"] += 1
        elif key in seen:
            skipped["twice"] += 1
        else:
            seen.add(key)
            left.append(case)
    return left, skipped


def ask_all(
    teacher: Router, name: str, functions: str, cases: Iterable[tuple[Case, Part]]
) -> Iterator[Answer]:
    """Ask about one case after the other.

    Raises:
        BackendError: The teacher's runtime failed.
    """
    for case, part in cases:
        decision = teacher.route(replace(case, calls=()).dialogue)
        # As it will be read again: what is kept must not depend on when it was asked.
        yield read_answer(_labelled(case, decision, part, name, functions))


def _labelled(case: Case, decision: Decision, part: Part, name: str, functions: str) -> Case:
    """The case with the teacher's answer, and where it comes from."""
    key = key_of(case)
    label = label_of(replace(case, calls=decision.calls))
    marks = {
        "multi": len(decision.calls) > 1,
        "missing": bool(decision.missing),
        "followup": bool(case.history),
    }
    said = {
        "name": name,
        "functions": functions,
        "part": part,
        "confidence": round(decision.confidence, 6),
        "stage": decision.stage,
        **({"missing": list(decision.missing)} if decision.missing else {}),
        **({"problem": decision.problem} if decision.problem else {}),
    }
    return Case(
        id=key,
        text=case.text,
        now=case.now,
        history=case.history,
        calls=decision.calls,
        category="multi" if marks["multi"] else "other" if label == NO_FUNCTION else label,
        tags=(DISTILLED, *(tag for tag, holds in marks.items() if holds)),
        language=case.language,
        writer=WRITER,
        group=key,
        spans={
            mention.argument: (mention.start, mention.end)
            for mention in decision.mentions
            if mention.argument is not None and mention.turn == -1
        },
        extra={"source": "distilled", "teacher": said},
    )


def read_answer(case: Case) -> Answer:
    """The answer in a row of the file of answers.

    Raises:
        DataError: It is none.
    """
    try:
        said = case.extra["teacher"]
        part = next(name for name in get_args(Part) if name == said["part"])
        decision = Decision(
            case.calls,
            tuple(said.get("missing", ())),
            float(said["confidence"]),
            next(name for name in get_args(Stage) if name == said["stage"]),
            problem=said.get("problem"),
        )
        return Answer(case, decision, part, str(said["name"]), str(said["functions"]))
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        raise DataError(
            f"{case.id} is no answer of a teacher", "give another file to --labels"
        ) from None


def judge(answer: Answer, gold: Case, schemas: Schemas) -> Judged:
    """Whether an answer is right, and how sure it was; one with a problem is as good as none."""
    known = [call for call in gold.calls if call.name in schemas]
    right = score_calls(answer.case.calls, known, schemas).call_right
    return Judged(answer.decision.confidence, bool(answer.case.calls), right)


def refusal(answer: Answer, thresholds: Thresholds | None = None) -> str:
    """Why an answer is not learned from, as one of `MEANINGS`; "" = it is.

    Args:
        answer: The answer.
        thresholds: How sure it must be; None = that does not matter.
    """
    calls, said = answer.case.calls, answer.decision
    if said.problem:
        return "problem"
    if said.missing:
        return "incomplete"
    if any(call in calls[:index] for index, call in enumerate(calls)):
        return "repeated"
    if thresholds and said.confidence < thresholds.of(bool(calls)):
        return "not_sure"
    return ""


def kept(
    answers: Sequence[Answer], thresholds: Thresholds
) -> tuple[tuple[Answer, ...], Counter[str]]:
    """The answers to learn from, and how many of the others there are for which reason."""
    reasons = [refusal(answer, thresholds) for answer in answers]
    good = tuple(a for a, reason in zip(answers, reasons, strict=True) if not reason)
    return good, Counter(reason for reason in reasons if reason)
