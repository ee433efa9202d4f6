"""An enum of a function without dialogues to learn from, when a question is answered."""

import pytest

from funcgemma.data.examples import example_cases
from funcgemma.functions.plugins import known_functions
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.features import Prior
from funcgemma.resolver.embedded.slots import read_slots
from funcgemma.resolver.embedded.view import read
from funcgemma.training.build import build_model

DOOR = '''
from typing import Annotated, Literal

from funcgemma import Kind, function


@function(examples=[
    "[玄関](target)の鍵を閉めて > action=lock",
    "[裏口](target)の鍵、開けといて > action=unlock",
    "[勝手口](target)に鍵かけといて > action=lock",
    "[車庫](target)のロックを解除してください > action=unlock",
    "寝る前に[ベランダ](target)をロックしておいて > action=lock",
    "[物置](target)の鍵をあけてくれる？ > action=unlock",
    "[門](target)、戸締まりお願い > action=lock",
    "もうすぐ着くから[玄関](target)の鍵あけて > action=unlock",
    "鍵を閉めるの忘れてた、かけておいて > action=lock !target",
    "両手がふさがってるから鍵あけて > action=unlock !target",
])
def door(target: Annotated[str, Kind("verbatim")], action: Literal["lock", "unlock"]) -> dict:
    """玄関や裏口の鍵を開け閉めする。"""
    return {}
'''


@pytest.fixture(scope="module")
def door(tmp_path_factory, corpus):
    path = tmp_path_factory.mktemp("door") / "door.py"
    path.write_text(DOOR, encoding="utf-8")
    registry = known_functions(path)
    cases = [case for case in corpus if case.writer in ("w01", "w04", "w05", "w11")]
    model = build_model([*cases, *example_cases(registry)], registry)
    return model.embedded, registry.get("door")


def chosen(door, text, now, prior):
    model, definition = door
    return read_slots(model, read(text, now), definition, prior, None).enums["action"][0]


@pytest.mark.parametrize("action", ["lock", "unlock"])
def test_an_answer_leaves_the_choice_alone(door, now, action):
    call = FunctionCall("door", {"action": action})
    asked = Prior(call, 1, ("target",), asked=True, turns=2)
    for text in ("裏口", "勝手口", "車庫です"):
        assert chosen(door, text, now, asked) == action


def test_without_a_question_the_words_decide(door, now):
    words = "裏口の鍵、開けといて"
    call = FunctionCall("door", {"action": "lock", "target": "玄関"})
    assert chosen(door, words, now, Prior()) == "unlock"
    assert chosen(door, words, now, Prior(call, 1)) == "unlock"
