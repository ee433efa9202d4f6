from collections import Counter
from itertools import islice

import pytest

from funcgemma.backends.base import Abilities
from funcgemma.backends.scripted.backend import ScriptedBackend
from funcgemma.backends.scripted.script import Answer
from funcgemma.data.labels import label_of
from funcgemma.data.llm.asking import PAUSES
from funcgemma.data.llm.generate import PATIENCE, Generator
from funcgemma.data.llm.plan import make_plan
from funcgemma.data.llm.rows import append_rows, read_rows
from funcgemma.data.llm.tally import Tally
from funcgemma.errors import BackendError

LABELS = ("weather_info", "travel_guide", "no_function")


def run(backend, registry, written, count=18, before=(), seed=0, labels=LABELS, **more):
    tally = Tally.of(before)
    generator = Generator(backend, registry, written, seed=seed, before=before, **more)
    rows = [row for step in generator.run(labels, count, tally) for row in step.rows]
    return rows, tally


@pytest.fixture(scope="module")
def made(registry, written, well_read):
    backend = well_read(LABELS)
    return (*run(backend, registry, written), backend)


def test_the_count_is_exact_and_even(made):
    rows, tally, _ = made
    assert Counter(map(label_of, rows)) == dict.fromkeys(LABELS, 6) == tally.made
    assert len({row.id for row in rows}) == len({row.text for row in rows}) == 18


def test_rows_say_where_they_come_from(made):
    for row in made[0]:
        origin = row.extra["provenance"]
        assert row.extra["source"] == "generated"
        assert row.group == row.writer == f"persona-{origin['persona']}"
        assert (origin["backend"], origin["model"]) == ("test:well-read", "well-read")
        assert {"phenomenon", "prompt", "seed", "question", "temperature"} <= origin.keys()
        assert ("topic" in origin) == (not row.calls)


def test_rows_that_are_refused_are_counted(made):
    _, tally, backend = made
    assert tally.asked == len(backend.asked)
    assert tally.refused.total() > 0


def test_the_model_is_told_what_there_is_and_held_to_a_schema(made):
    _, _, backend = made
    last = {plan.label: (plan, messages, options) for plan, messages, options in backend.asked}
    for plan, _, options in last.values():
        assert options.json_schema["required"] == ["items"]
        assert (options.seed, options.temperature) == (plan.seed, plan.temperature)
    assert len({options.seed for _, _, options in backend.asked}) == len(backend.asked)
    earlier = {row.text for row in made[0]}
    assert any(text in m[1].content for _, m, _ in backend.asked for text in earlier)


def test_the_same_seed_gives_the_same_rows(made, well_read, registry, written):
    assert run(well_read(LABELS), registry, written)[0] == made[0]
    assert run(well_read(LABELS, 5), registry, written, seed=5)[0] != made[0]


def test_no_text_of_the_corpus_or_the_file_comes_again(made, well_read, registry, corpus):
    rows = made[0]
    again, tally = run(well_read(("weather_info",)), registry, corpus, 4, labels=("weather_info",))
    assert again == []
    assert tally.given_up == ["weather_info"]
    assert tally.asked == PATIENCE
    assert set(tally.refused) <= {"duplicate", "near_duplicate", "not_json", "bad_argument", "rule"}
    other, _ = run(well_read(LABELS, 5), registry, (), 9, before=rows, seed=5)
    assert not {row.text for row in other} & {row.text for row in rows}
    assert not {row.id for row in other} & {row.id for row in rows}


def test_an_interrupted_run_goes_on(made, well_read, registry, written, tmp_path):
    path = tmp_path / "r.jsonl"
    generator = Generator(well_read(LABELS), registry, written)
    for step in islice(generator.run(LABELS, 18, Tally()), 5):
        append_rows(path, step.rows)
    with path.open("a") as file:
        file.write('{"id": "llm-0-0')
    before = read_rows(path)
    assert 0 < len(before) < 18
    backend = well_read(LABELS)
    rows, tally = run(backend, registry, written, before=before)
    together = [*before, *rows]
    assert tally.made == dict.fromkeys(LABELS, 6)
    assert len({row.id for row in together}) == len({row.text for row in together}) == 18
    asked = {(plan.label, plan.number) for plan, _, _ in backend.asked}
    known = {(label_of(r), r.extra["provenance"]["question"]) for r in before}
    assert not asked & known  # no question that gave rows is asked again


def test_a_finished_run_asks_nothing(made, well_read, registry, written):
    backend = well_read(LABELS)
    rows, tally = run(backend, registry, written, before=made[0])
    assert (rows, tally.asked, backend.asked) == ([], 0, [])


def scripted(registry, well_answered, faults, label="weather_info"):
    """Good answers in the order of the questions, after some faults."""
    plans = [make_plan(label, n, registry) for n in range(12)]
    good = [Answer(well_answered(plan)) for plan in plans]
    return ScriptedBackend([*faults, *good], abilities=Abilities())


def test_a_runtime_that_stumbles_is_asked_again(registry, written, well_answered):
    waited = []
    faults = [Answer(error="timeout"), Answer(error="cut")]
    backend = scripted(registry, well_answered, faults)
    rows, _ = run(backend, registry, written, 4, labels=("weather_info",), pause=waited.append)
    assert len(rows) == 4
    assert waited == list(PAUSES[:2])
    assert backend.heard[0] == backend.heard[2]
    assert backend.heard[0].options.json_schema is None  # it cannot follow one


def test_a_runtime_that_dies_ends_the_run_and_what_came_stays(registry, written, well_answered):
    waited = []
    plans = [make_plan("weather_info", n, registry) for n in range(3)]
    good = [Answer(well_answered(plan)) for plan in plans]
    dead = [Answer(error="not_running")] * 4
    generator = Generator(
        ScriptedBackend([good[0], *dead, *good[1:]]), registry, written, pause=waited.append
    )
    rows, tally = [], Tally()
    with pytest.raises(BackendError) as error:
        rows.extend(
            row for step in generator.run(("weather_info",), 40, tally) for row in step.rows
        )
    assert error.value.reason == "not_running"
    assert waited == list(PAUSES)
    assert tally.made["weather_info"] > 0


@pytest.mark.parametrize("reason", ["not_installed", "not_pulled", "unsupported", "memory"])
def test_what_asking_again_does_not_mend_is_told_at_once(registry, written, reason):
    waited = []
    backend = ScriptedBackend([Answer(error=reason)])
    with pytest.raises(BackendError):
        run(backend, registry, written, pause=waited.append)
    assert waited == []


def test_nonsense_is_counted_and_ends(registry, written):
    backend = ScriptedBackend([Answer("すみません、できません。", when="")])
    rows, tally = run(backend, registry, written, 2, labels=("weather_info", "no_function"))
    assert rows == []
    assert tally.refused == {"not_json": 2 * PATIENCE}
    assert tally.given_up == ["weather_info", "no_function"]


def test_the_same_answer_again_and_again_counts_once(registry, written):
    text = '{"items": [{"text": "雪かきの後は味噌汁が沁みるねえ"}, {"text": "雪かきの後は味噌汁が沁みるねえ！"}]}'
    backend = ScriptedBackend([Answer(text, when="")])
    rows, tally = run(backend, registry, written, 5, labels=("no_function",))
    assert len(rows) == 1
    assert tally.refused["duplicate"] > PATIENCE
