"""`polite` and `plain`: the ending of a Japanese utterance in the other register.

A rule changes the last words before the final marks. Applied again, no rule fits, so that
each transform does its work once.
"""

import re
from collections.abc import Sequence
from random import Random

from funcgemma.data.augment.edits import Edit, edited, free
from funcgemma.data.augment.kit import Kit
from funcgemma.records import Case

TAIL = re.compile(r"[。．.！!？?〜～…\s]*$")
REQUEST = r"(?<=[しけえべめれせき])て$"
"""A te-form that asks; って and くて are other things."""

Rule = tuple[str, tuple[str, ...]]

POLITE: tuple[Rule, ...] = (
    (REQUEST, ("てください", "てもらえますか", "ていただけますか")),
    (r"て(?:くれる|くれない|もらえる)$", ("てくれますか", "てもらえますか")),
    (r"ある$", ("ありますか",)),
    (r"降る$", ("降りますか",)),
    (r"だっけ$", ("でしたっけ",)),
    (r"(何|なに|どう|いくら|どこ|誰|いつ)$", (r"\1ですか",)),
    (r"(どれ|どっち)がいい$", (r"\1がいいですか",)),
    (r"かな$", ("でしょうか",)),
    (r"だよね$", ("ですよね",)),
    (r"だよ$", ("ですよ",)),
    (r"だね$", ("ですね",)),
    (r"だった$", ("でした",)),
    (r"(たい|ほしい|欲しい)(?:な|なあ|なぁ)?$", (r"\1です",)),
    (r"んだけど$", ("んですが", "んですけど")),
    (r"お願い$", ("お願いします", "お願いできますか")),
)
PLAIN: tuple[Rule, ...] = (
    (r"て(?:ください|下さい)$", ("て",)),
    (
        r"て(?:もらえますか|いただけますか|いただけませんか|くれますか)$",
        ("てもらえる？", "てくれる？"),
    ),
    (r"ありますか$", ("ある？",)),
    (r"降りますか$", ("降る？",)),
    (r"でしょうか$", ("かな",)),
    (r"(何|なに|どう|いくら|どこ|誰|いつ|歳)ですか$", (r"\1？",)),
    (r"(たい|ほしい|欲しい)(?:です|と思います)$", (r"\1",)),
    (r"でした$", ("だった",)),
    (r"お願い(?:します|いたします|できますか)$", ("お願い",)),
    (r"んです(?:が|けど)$", ("んだけど",)),
)


def polite(case: Case, rng: Random, kit: Kit) -> Case | None:
    """教えて → 教えてください, ある？ → ありますか？."""
    return _ending(case, rng, POLITE)


def plain(case: Case, rng: Random, kit: Kit) -> Case | None:
    """教えてください → 教えて, ありますか？ → ある？."""
    return _ending(case, rng, PLAIN)


def _ending(case: Case, rng: Random, rules: Sequence[Rule]) -> Case | None:
    """Apply the first rule that fits; the final marks stay, unless the new ending has its own."""
    tail = TAIL.search(case.text)
    body = case.text[: tail.start()] if tail else case.text
    for pattern, endings in rules:
        match = re.search(pattern, body)
        if match and _applies(case, pattern, match, body):
            new = match.expand(rng.choice(endings))
            end = len(case.text) if new.endswith("？") else len(body)
            return edited(case, [Edit(match.start(), end, new)])
    return None


def _applies(case: Case, pattern: str, match: re.Match[str], body: str) -> bool:
    """Told as a story, a te-form asks for nothing; ある and 降る must be questions."""
    asks = case.text[len(body) :].strip()[:1] in ("？", "?")
    if pattern == REQUEST and not case.calls:
        return False
    if pattern in (r"ある$", r"降る$") and not asks:
        return False
    return match.start() < len(body) and all(free(case)[match.start() : len(body)])
