import pytest

from funcgemma.session.answers import read_answer

PLACE = {"type": "string", "x-kind": "place"}
PERSON = {"type": "string", "x-kind": "person"}
LANGUAGE = {"type": "string", "x-kind": "language"}
DATE = {"type": "string", "x-kind": "date"}
VERBATIM = {"type": "string", "x-kind": "verbatim"}


@pytest.mark.parametrize(
    ("text", "schema", "value"),
    [
        ("京都", PLACE, "京都"),
        ("京都です", PLACE, "京都"),
        ("えっと、京都でお願いします", PLACE, "京都"),
        ("明日の京都", PLACE, "京都"),
        ("東京の新宿", PLACE, "東京の新宿"),
        ("京都市かな", PLACE, "京都市"),
        ("Kyoto", PLACE, "Kyoto"),
        ("in San Francisco, please", PLACE, "San Francisco"),
        ("Kyoto tomorrow", PLACE, "Kyoto"),
        ("大谷翔平さん", PERSON, "大谷翔平"),
        ("英語で", LANGUAGE, "en"),
        ("フランス語でお願い", LANGUAGE, "fr"),
        ("明日", DATE, "2026-05-14"),
        ("3つ", {"type": "integer"}, 3),
        ("３", {"type": "integer"}, 3),
        ("十五", {"type": "number"}, 15.0),
        ("はい", {"type": "boolean"}, True),
        ("いいえ", {"type": "boolean"}, False),
        ("赤じゃなくて blue で", {"enum": ["red", "blue"]}, "blue"),
        ("おはようございます", VERBATIM, "おはようございます"),
        ("「猫」って訳して", VERBATIM, "猫"),
        ("駅はどこですか？をお願いします", VERBATIM, "駅はどこですか？"),
    ],
)
def test_value(text, schema, value, now):
    answer = read_answer(text, schema, now)
    assert answer is not None
    assert answer.value == value
    assert answer.mention.text == text[answer.mention.start : answer.mention.end]


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("京都の天気", PLACE),
        ("tonight at 9", PLACE),
        ("Translate 猫 to English and remind me to feed the cat at 6pm", PERSON),
        ("京都のおすすめの宿はどこ？", PLACE),
        ("うーん", PLACE),
        ("はい", PLACE),
        ("tell me the weather in Paris", PLACE),
        ("わからない", LANGUAGE),
        ("いつでも", DATE),
        ("たくさん", {"type": "integer"}),
        ("どうかな", {"type": "boolean"}),
        ("red か blue", {"enum": ["red", "blue"]}),
        ("。", VERBATIM),
    ],
)
def test_no_value(text, schema, now):
    assert read_answer(text, schema, now) is None


def test_a_long_text_beside_a_time_is_not_bare(now):
    answer = read_answer("明日は大事な会議があるので早めに帰ります", DATE, now)
    assert answer is not None
    assert not answer.bare
