import pytest

from funcgemma.session.consent import agreement, cancels


@pytest.mark.parametrize(
    "text",
    [
        "はい",
        "はい、お願いします！",
        "うん",
        "ハイ",
        "いいよ",
        "ＯＫ",
        "オッケー",
        "お願いします。はい",
        "yes",
        "Yes, please.",
        "y",
        "go ahead",
        "ok",
    ],
)
def test_yes(text):
    assert agreement(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "いいえ",
        "いや、やめて",
        "だめ",
        "いいえ、結構です",
        "いいです",
        "キャンセル",
        "やっぱりいい",
        "no",
        "No, thanks",
        "nope",
        "never mind",
    ],
)
def test_no(text):
    assert agreement(text) is False


@pytest.mark.parametrize(
    "text", ["", "4時にして", "はい、でも4時にして", "はい いいえ", "明日の天気は？", "取り消して"]
)
def test_neither(text):
    assert agreement(text) is None


@pytest.mark.parametrize("text", ["キャンセル", "やっぱりいい", "いや、やめて", "forget it"])
def test_cancels(text):
    assert cancels(text)


@pytest.mark.parametrize("text", ["いいえ", "いいよ", "明日の会議キャンセルして", "no"])
def test_cancels_not(text):
    assert not cancels(text)


def test_a_yes_may_repeat_the_question():
    assert agreement("うん消して") is None
    assert agreement("うん消して", "予定を取り消しますか？") is True
    assert agreement("取り消してください", "予定を取り消しますか？") is True
    assert agreement("取り消して", "予定を登録しますか？") is None
    assert agreement("登録して", "予定を登録しますか？") is True
    assert agreement("うん、調べて", "京都の天気を調べましょうか？") is True
    assert agreement("look it up please", "Shall I look up Kyoto?") is True
    assert agreement("いいえ", "予定を登録しますか？") is False
    assert agreement("yes, delete it", "Shall I delete the entry?") is True


def test_long_utterances_are_neither():
    assert agreement("やめて" * 500 + "？") is None
    assert not cancels("やめて" * 500)
