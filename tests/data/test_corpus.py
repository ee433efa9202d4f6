import hashlib
from pathlib import Path

import pytest

from funcgemma.data.corpus import read_corpus
from funcgemma.errors import DataError

HEADER = "writer: w99\npersona: p\nregister: r\nlanguage: ja\nnow: 2026-05-13T10:20+09:00\n---\n"
HELDOUT = Path(__file__).parents[2] / "benchmarks" / "heldout"


def _read(tmp_path, registry, body):
    path = tmp_path / "w99.txt"
    path.write_text(HEADER + body, encoding="utf-8")
    return read_corpus(path, registry.schemas)


def test_one_utterance(tmp_path, registry):
    (case,) = _read(
        tmp_path, registry, "[京都](location)の天気\n> weather_info forecast_type=current\n"
    )
    assert case.calls[0].arguments == {"location": "京都", "forecast_type": "current"}
    assert case.spans == {"0.location": (0, 2)}
    assert case.writer == case.group == "w99"


def test_dialogue_turns_become_cases_with_history(tmp_path, registry):
    cases = _read(
        tmp_path,
        registry,
        "U: [京都](location)の天気\n> weather_info\nA: 晴れです。\nU: じゃあ[奈良](location)は？\n> weather_info\n",
    )
    assert [case.id for case in cases] == ["w99-0001.1", "w99-0001.2"]
    assert [m.role for m in cases[1].history] == ["user", "assistant"]
    assert cases[1].history[0].calls == cases[0].calls
    assert "followup" in cases[1].tags


def test_several_calls_and_shared_spans(tmp_path, registry):
    body = "[明日](date=2026-05-14)の[東京](0.location)と[大阪](1.location)\n> weather_info\n> weather_info\n"
    (case,) = _read(tmp_path, registry, body)
    assert [c.arguments["location"] for c in case.calls] == ["東京", "大阪"]
    assert all(c.arguments["date"] == "2026-05-14" for c in case.calls)
    assert case.category == "multi"


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("天気\n> weather_info\n", 8, "needs 'location'"),
        ("天気\n> weather !x\n", 8, "unknown function"),
        ("[京都](place)の天気\n> weather_info !location\n", 8, "no argument"),
        ("[京都](location)\n> weather_info forecast_type=soon\n", 8, "is none of"),
        ("天気\n", 8, "no '>' line"),
        ("おはよう\n> none hello\n", 8, "cannot read 'hello'"),
        ("U: 天気\n> weather_info !location\n天気\n", 8, "expected 'U:"),
        (
            "[京都](location)と[奈良](location)の天気\n> weather_info\n> weather_info\n",
            8,
            "are the same",
        ),
    ],
)
def test_mistakes_carry_file_and_line(tmp_path, registry, body, line, what):
    with pytest.raises(DataError) as error:
        _read(tmp_path, registry, "\n" + body)
    assert f"w99.txt:{line}:" in error.value.message
    assert what in error.value.message


def test_all_mistakes_are_reported_at_once(tmp_path, registry):
    with pytest.raises(DataError) as error:
        _read(tmp_path, registry, "天気\n> weather_info\n\n雨\n> weather_info\n")
    assert len(error.value.message.splitlines()) == 2


def test_the_shipped_corpus_is_large_and_varied(corpus, registry):
    japanese = [case for case in corpus if case.language == "ja"]
    assert len(japanese) >= 1500
    assert sum(not case.calls for case in japanese) >= 500
    assert len({case.writer for case in japanese}) >= 8
    for definition in registry:
        calls = [c for case in japanese for c in case.calls if c.name == definition.name]
        assert len(calls) >= 50
        for name, schema in definition.properties.items():
            for value in schema.get("enum", ()):
                default = schema.get("default")
                assert any(_holds(c.arguments.get(name, default), value) for c in calls), (
                    name,
                    value,
                )


def _holds(gold, value):
    return gold == value or (isinstance(gold, list) and value in gold)


def test_marked_values_stand_in_the_text(corpus):
    for case in corpus:
        for start, end in case.spans.values():
            assert 0 <= start < end <= len(case.text)


def test_heldout_text_is_frozen_and_apart(corpus):
    for line in (HELDOUT / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((HELDOUT / name).read_bytes()).hexdigest() == digest
    assert not {case.writer for case in corpus} & {p.stem for p in HELDOUT.glob("*/*.txt")}
