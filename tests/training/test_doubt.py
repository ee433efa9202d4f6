import pytest

from funcgemma.data.log import make_entry
from funcgemma.records import Decision, FunctionCall
from funcgemma.training.doubt import doubt, most_doubtful

KYOTO = FunctionCall("weather_info", {"location": "京都"})


@pytest.fixture
def judge(say):
    def build(text, confidence, calls=(), unsure=False):
        decision = Decision(calls, confidence=confidence, unsure=unsure)
        return make_entry(say(text), decision, "f", "chat"), decision

    return build


def texts(items):
    return [item.entry.case.text for item in items]


def test_the_least_sure_comes_first(judge):
    judged = [judge("おはよう", 0.9), judge("札幌どう", 0.3), judge("腹減った", 0.6)]
    assert texts(most_doubtful(judged, 2)) == ["札幌どう", "腹減った"]


def test_an_unsure_call_is_doubtful_however_likely(judge):
    assert doubt(Decision(confidence=0.9)) == pytest.approx(0.1)
    assert doubt(Decision(confidence=0.9, unsure=True)) == pytest.approx(0.55)
    assert doubt(Decision(confidence=1.5)) == 0.0
    judged = [judge("腹減った", 0.5), judge("京都の天気", 0.8, (KYOTO,), unsure=True)]
    assert texts(most_doubtful(judged, 1)) == ["京都の天気"]


def test_no_ten_of_the_same(judge):
    weather = [judge(f"{place}の天気はどうかな", 0.3) for place in ("京都", "奈良", "大阪", "神戸")]
    judged = [*weather, judge("猫の名前どうしよう", 0.5)]
    found = texts(most_doubtful(judged, 5))
    assert found[:2] == ["京都の天気はどうかな", "猫の名前どうしよう"]
    assert len(found) == 5


def test_nearly_the_same_is_asked_once(judge):
    judged = [judge("明日の京都の天気は", 0.3), judge("明日の京都の天気は？", 0.4)]
    (item,) = most_doubtful(judged, 5)
    assert len(item.entries) == 2
    assert item.decision.confidence == 0.4  # the newest
    more = [*judged, judge("あの、明日の京都の天気はどう", 0.2), judge("明日の京都の天気はね", 0.3)]
    assert "明日の京都の天気は" not in texts(most_doubtful(more, 5))[1:]


def test_the_same_words_decided_otherwise_are_two(judge):
    judged = [judge("京都は", 0.5, (KYOTO,)), judge("京都は", 0.4)]
    assert len(most_doubtful(judged, 5)) == 1  # alike, the more doubtful one
    assert most_doubtful(judged, 5)[0].decision.calls == ()


def test_nothing():
    assert most_doubtful([], 5) == []
