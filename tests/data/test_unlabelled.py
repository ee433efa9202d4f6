import json

import pytest

from funcgemma.data.unlabelled import read_texts
from funcgemma.errors import DataError

CORPUS = """writer: w99
persona: x
register: x
language: ja
now: 2026-05-13T10:20+09:00
---
U: [京都](location)の天気は？
> weather_info
A: 晴れです。
U: 大阪は？
> weather_info location=大阪
"""


@pytest.fixture
def read(tmp_path, registry, now):
    def texts(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_texts(tmp_path / name, registry.schemas, now)

    return texts


def test_an_utterance_a_line(read, now):
    first, second = read("a.txt", "\ufeff京都の天気は？\n\n  good morning  \n")
    assert (first.id, first.text, first.language, first.now) == (
        "a-1", "京都の天気は？", "ja", now,
    )  # fmt: skip
    assert (second.text, second.language) == ("good morning", "en")


def test_calls_of_cases_are_ignored_and_dialogues_stay(read):
    row = {
        "id": "1", "text": "大阪は？", "now": "2026-01-01T10:00:00+09:00",
        "calls": [{"name": "weather_info", "arguments": {"location": "大阪"}}],
        "spans": {"0.location": [0, 2]},
        "history": [{"role": "user", "content": "京都は？", "calls": []}],
    }  # fmt: skip
    (case,) = read("a.jsonl", json.dumps(row))
    assert case.calls == ()
    assert case.spans == {}
    assert case.history[0].content == "京都は？"
    assert case.now.year == 2026


def test_a_corpus_file_is_known_by_its_header(read):
    first, second = read("a.txt", CORPUS)
    assert (first.text, second.text) == ("京都の天気は？", "大阪は？")
    assert second.calls == ()
    assert second.history[0].calls[0].name == "weather_info"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_nothing_in_it(read, name):
    with pytest.raises(DataError, match="no text"):
        read(name, "\n\n")


def test_what_cannot_be_read(tmp_path, registry, now):
    with pytest.raises(DataError, match="cannot be read"):
        read_texts(tmp_path / "no.txt", registry.schemas, now)
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(DataError, match="UTF-8"):
        read_texts(tmp_path / "b.txt", registry.schemas, now)
