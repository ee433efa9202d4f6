"""What is passed on piece by piece is the reply of the finished turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funcgemma.functions.run import CallResult
from funcgemma.records import Decision, FunctionCall
from funcgemma.session import Turn
from funcgemma.session.speaker import Speaker

CALL = FunctionCall("weather_info", {"location": "京都"})
FREE = Turn("おはよう", Decision())
SHOWN = Turn("天気は？", Decision((CALL,)), results=(CallResult(CALL, "ok"),), replies=("晴れ",))
NOTICED = Turn("おはよう", Decision(), notices=("（取りやめました）",))
ASKED = Turn("天気は？", Decision((CALL,)), question="どこの？")
PIECES = st.lists(st.text(" \n。ab", max_size=4), max_size=8)


@pytest.mark.parametrize("turn", [FREE, SHOWN, NOTICED, ASKED])
@given(pieces=PIECES, remarks=st.lists(st.sampled_from(["（途切れ）", "（戻り）"]), max_size=2))
def test_the_pieces_make_up_the_reply(turn, pieces, remarks):
    if turn is ASKED:
        pieces, remarks = [], []  # nobody speaks while a question is open
    heard = []
    speaker = Speaker(turn, heard.append)
    for piece in pieces:
        speaker.say(piece)
    for remark in remarks:
        speaker.remark(remark)
    finished = speaker.finish()
    assert "".join(heard) == finished.reply
    said = finished.answer if turn.asks_nothing else finished.phrased
    assert said == "".join(pieces).strip()


@given(pieces=PIECES)
def test_with_begin_it_comes_in_two_parts(pieces):
    first, heard = [], []
    speaker = Speaker(SHOWN, heard.append, first.append)
    for piece in pieces:
        speaker.say(piece)
    finished = speaker.finish()
    assert "".join(heard) == finished.phrased
    assert first == ([SHOWN] if pieces else [])


def test_the_programs_own_words_are_not_the_models():
    speaker = Speaker(FREE)
    speaker.say("合う関数はありません。", by_model=False)
    assert not speaker.finish().by_model
    speaker.say("はい", by_model=True)
    assert speaker.finish().by_model
