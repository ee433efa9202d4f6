import pytest

from funcgemma.functions.run import CallResult
from funcgemma.records import FunctionCall
from funcgemma.session.reply import reply_text

CALL = FunctionCall("lamp", {"room": "寝室"})


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (CallResult(CALL, "ok", {"message": "点けました。"}), "点けました。"),
        (
            CallResult(CALL, "ok", {"message": "訳しました。", "translation": "cat"}),
            "訳しました。\ncat",
        ),
        (CallResult(CALL, "ok", {"message": "天気です。", "summary": "晴れ"}), "天気です。\n晴れ"),
        (
            CallResult(
                CALL,
                "ok",
                {
                    "message": "料理です。",
                    "summary": "古都",
                    "section": {"title": "食", "text": "湯豆腐"},
                },
            ),
            "料理です。\n湯豆腐",
        ),
        (
            CallResult(
                CALL,
                "ok",
                {"message": "人です。", "summary": "x", "facts": {"age": 31, "origin": "岩手"}},
            ),
            "人です。\n年齢: 31\n出身: 岩手",
        ),
        (
            CallResult(
                CALL, "ok", {"message": "店です。", "links": [{"shop": "A", "url": "http://a"}]}
            ),
            "店です。\nA: http://a",
        ),
        (
            CallResult(CALL, "listed", {"message": "1件\n・歯医者", "entries": [{"id": 1}]}),
            "1件\n・歯医者",
        ),
        (
            CallResult(
                CALL,
                "ambiguous",
                {"message": "どれ？\n・10時 会議\n・15時 会議", "entries": [{"id": 1}, {"id": 2}]},
            ),
            "どれ？\n1. 10時 会議\n2. 15時 会議",
        ),
        (
            CallResult(
                CALL,
                "ambiguous",
                {
                    "message": "どれ？",
                    "candidates": [{"title": "A", "description": "町"}, {"title": "B"}],
                },
            ),
            "どれ？\n1. A (町)\n2. B",
        ),
        (
            CallResult(
                CALL,
                "ok",
                {"message": "概要", "source": {"name": "W", "licence": "CC BY", "url": "http://w"}},
            ),
            "概要\n出典: W (CC BY) http://w",
        ),
        (
            CallResult(CALL, "ok", {"level": 3, "note": "暗い", "all": [1]}),
            "lamp を実行しました。\nlevel: 3\nnote: 暗い\nall: [1]",
        ),
        (CallResult(CALL, "ok", {}), "lamp を実行しました。"),
        (CallResult(CALL, "unavailable", {"reason": "offline"}), "lamp は今は使えません。"),
        (
            CallResult(CALL, "invalid", problem="no"),
            "lamp は引数が合わないため実行できませんでした: no",
        ),
        (
            CallResult(CALL, "failed", problem="ValueError: x"),
            "lamp でエラーが起きました: ValueError: x",
        ),
    ],
)
def test_text_of_a_result(result, text):
    assert reply_text(result, "ja") == text


@pytest.mark.parametrize(
    "value",
    [
        {
            "message": "m",
            "links": "none",
            "entries": [1, None],
            "source": 3,
            "facts": [],
            "section": "s",
        },
        {"message": "m", "candidates": {}, "summary": 5},
    ],
)
def test_odd_results_still_have_their_message(value):
    assert reply_text(CallResult(CALL, "ok", value), "en") == "m"
