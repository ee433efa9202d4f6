"""Words of agreement mean yes only where something was asked or offered."""

import pytest

from funcgemma.records import Dialogue, Message
from funcgemma.resolver.embedded.dialogue import accepted_offer, acknowledges


def said(now, reply, text):
    messages = (
        Message("user", "歯医者を入れて", calls=()),
        Message("assistant", reply),
        Message("user", text),
    )
    return Dialogue(messages, now)


@pytest.mark.parametrize(
    "text", ["はい", "うん", "了解です", "ok thanks", "ああ、そうですか", "Great!"]
)
def test_yes_to_what_is_done_asks_for_nothing(now, text):
    assert acknowledges(said(now, "「歯医者」を登録しました。", text))


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        ("登録しましょうか？", "はい"),
        ("登録しますか？", "うん"),
        ("I can look up the weather if you like.", "yes"),
        ("「歯医者」を登録しました。", "はい、明日の天気も"),
        ("「歯医者」を登録しました。", "調べて"),
        ("「歯医者」を登録しました。", "消して"),
    ],
)
def test_yes_to_an_offer_and_what_says_more(now, reply, text):
    assert not acknowledges(said(now, reply, text))


def test_what_is_offered_in_a_statement_can_be_accepted(now):
    offer = "I can tell you about Jill Scott if you like."
    assert accepted_offer(said(now, offer, "Yes, go ahead.")) == offer


def test_the_router_leaves_it_alone(router, now):
    assert router.route(said(now, "「歯医者」を明日の15時に登録しました。", "はい")).calls == ()
