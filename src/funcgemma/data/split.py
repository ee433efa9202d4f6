"""Part cases into training, validation and test, so that the parts share no writer.

The steps: whole groups are dealt out until each part has its share of every function;
what is nearly the same as a text of a later part leaves the earlier one; then, if asked,
each function is sampled down. The same cases, shares and seed give the same split.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funcgemma.data.groups import dialogue_groups, writer_groups
from funcgemma.data.labels import label_of
from funcgemma.data.similar import alike
from funcgemma.errors import DataError
from funcgemma.records import Case

PARTS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Plan:
    """How to split.

    Attributes:
        seed: Decides which groups go where, and what is sampled.
        shares: The shares of train, validation and test; a share of 0 leaves a part empty.
        balance: Sample every function down to the rarest one of its part.
        target_count: At most so many cases of each function (and of no_function) over all parts.
        keep_near: Leave near-duplicates in the parts and only report them.
    """

    seed: int = 0
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    balance: bool = False
    target_count: int | None = None
    keep_near: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """The parts, by name; what left them as too near; and what was kept together."""

    parts: Mapping[str, tuple[Case, ...]]
    left_out: tuple[Case, ...]
    grouped_by: str


def split_cases(cases: Sequence[Case], plan: Plan) -> Split:
    """Split cases by writer; a single writer's by dialogue.

    Raises:
        DataError: There are fewer groups than parts.
    """
    wanted = [share for share in plan.shares if share > 0]
    groups, grouped_by = writer_groups(cases), "writer"
    if len(groups) < len(wanted):
        groups, grouped_by = dialogue_groups(cases), "dialogue"
    if len(groups) < len(wanted):
        raise DataError(
            f"{len(cases)} cases of {len(groups)} dialogues cannot make {len(wanted)} parts",
            "give more cases with --cases",
        )
    dealt = _deal(cases, groups, plan)
    near: set[int] = set() if plan.keep_near else _too_near(cases, dealt)
    kept = [[i for i in part if i not in near] for part in dealt]
    kept = _sampled(cases, kept, plan)
    parts = {name: tuple(cases[i] for i in part) for name, part in zip(PARTS, kept, strict=True)}
    return Split(parts, tuple(cases[i] for i in sorted(near)), grouped_by)


def _deal(cases: Sequence[Case], groups: Sequence[Sequence[int]], plan: Plan) -> list[list[int]]:
    """Give each group, in random order, to the part that lacks most of what the group holds."""
    order = list(groups)
    random.Random(plan.seed).shuffle(order)
    total = Counter(label_of(case) for case in cases)
    parts: list[list[int]] = [[] for _ in PARTS]
    have = [Counter[str]() for _ in PARTS]
    for group in order:
        labels = Counter(label_of(cases[i]) for i in group)
        lacks = [
            (_lack(labels, have[p], total, share), share, -p)
            for p, share in enumerate(plan.shares)
            if share > 0
        ]
        part = -max(lacks)[2]
        parts[part] += group
        have[part] += labels
    return [sorted(part) for part in parts]


def _lack(
    labels: Mapping[str, int], have: Mapping[str, int], total: Mapping[str, int], share: float
) -> float:
    """The mean, over the cases of a group, of how much a part still lacks of their label."""
    missing = sum(n * (1 - have[label] / (share * total[label])) for label, n in labels.items())
    return missing / sum(labels.values())


def _too_near(cases: Sequence[Case], parts: Sequence[Sequence[int]]) -> set[int]:
    """Cases with a twin in a later part: the training text gives way to what measures it."""
    part_of = {i: number for number, part in enumerate(parts) for i in part}
    pairs = alike([case.text for case in cases]).pairs()
    return {
        min((first, second), key=part_of.__getitem__)
        for first, second, _ in pairs
        if part_of[first] != part_of[second]
    }


def _sampled(cases: Sequence[Case], parts: Sequence[Sequence[int]], plan: Plan) -> list[list[int]]:
    """Sample each label down to what the plan allows in each part."""
    limits = _limits(plan)
    result = []
    for part, limit in zip(parts, limits, strict=True):
        by_label: dict[str, list[int]] = {}
        for i in part:
            by_label.setdefault(label_of(cases[i]), []).append(i)
        least = min(map(len, by_label.values()), default=0)
        most = [n for n in (limit, least if plan.balance else None) if n is not None]
        rng = random.Random(f"{plan.seed} sample")
        kept: list[int] = []
        for label in sorted(by_label):
            found = by_label[label]
            kept += rng.sample(found, min(most)) if most and min(most) < len(found) else found
        result.append(sorted(kept))
    return result


def _limits(plan: Plan) -> list[int | None]:
    """How many cases of a label each part may hold; together exactly the target count."""
    if plan.target_count is None:
        return [None] * len(PARTS)
    exact = [share / sum(plan.shares) * plan.target_count for share in plan.shares]
    limits = [int(value) for value in exact]
    rest = sorted(range(len(PARTS)), key=lambda p: (limits[p] - exact[p], p))
    for p in rest[: plan.target_count - sum(limits)]:
        limits[p] += 1
    return list(limits)
