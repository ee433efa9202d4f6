from funcgemma.data.groups import block_of, dialogue_groups, source_of, writer_groups
from funcgemma.data.leaks import leak_report


def test_the_turns_of_a_dialogue_are_one_block():
    assert block_of("w01-0007.2") == "w01-0007"
    assert block_of("w01-0007") == "w01-0007"
    assert block_of("v1.2-case") == "v1.2-case"


def test_writers_groups_and_sources_are_joined_along_a_chain(make):
    cases = [
        make("a", case_id="a-1", writer="a"),
        make("b", case_id="b-1", writer="b"),
        make("c", case_id="x", writer="c", group="g"),
        make("d", case_id="y", writer="b", group="g"),
        make("e", case_id="z", writer="", group="", extra={"provenance": {"case": "a-1.3"}}),
    ]
    assert writer_groups(cases) == [[0, 4], [1, 2, 3]]


def test_cases_without_writer_stand_alone(make):
    cases = [make(t, case_id=t, writer="", group="") for t in ("1", "2.1", "2.2")]
    assert writer_groups(cases) == [[0], [1, 2]]


def test_a_generated_case_belongs_to_the_dialogue_it_comes_from(make):
    made = make("b", case_id="gen-0-1", extra={"provenance": {"case": "w01-0001.2"}})
    assert source_of(made) == "w01-0001.2"
    assert dialogue_groups([make("a", case_id="w01-0001.1"), made]) == [[0, 1]]


def test_a_provenance_of_another_shape_is_no_source(make):
    assert source_of(make("a", extra={"provenance": "by hand"})) == "w01-0001"


def test_writers_who_number_alike_stay_apart(make):
    cases = [make("a", case_id="1", writer="a"), make("b", case_id="1", writer="b")]
    assert writer_groups(cases) == [[0], [1]]
    assert leak_report({"train": cases[:1], "test": cases[1:]})["counts"]["dialogues"] == 0
