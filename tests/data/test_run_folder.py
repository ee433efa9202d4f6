import json

import pytest

from funcgemma.data.cases import read_cases
from funcgemma.data.leaks import leak_report
from funcgemma.data.run_folder import build_manifest, check_run, distinct_ids, write_run
from funcgemma.data.split import Plan, split_cases
from funcgemma.errors import DataError, WorldError


@pytest.fixture(scope="module")
def run(corpus):
    cases = corpus[:1500]
    plan = Plan(seed=5)
    split = split_cases(cases, plan)
    return split, build_manifest(cases, split, plan, {"a file": "00"}), leak_report(split.parts)


def test_a_run_is_written_and_read_again(run, tmp_path):
    split, manifest, leaks = run
    folder = tmp_path / "data" / "run_1"
    write_run(folder, *run)
    for name, cases in split.parts.items():
        assert [case.text for case in read_cases(folder / f"{name}.jsonl")] == [
            case.text for case in cases
        ]
        assert manifest["parts"][name]["cases"] == len(cases)
        assert sum(manifest["parts"][name]["functions"].values()) == len(cases)
    assert json.loads((folder / "manifest.json").read_text()) == manifest
    assert json.loads((folder / "leaks.json").read_text()) == leaks
    assert [path.name for path in folder.parent.iterdir()] == ["run_1"]


def test_the_manifest_says_what_went_in(run, corpus):
    _, manifest, _ = run
    assert manifest["seed"] == 5
    assert manifest["inputs"] == {"a file": "00"}
    again = split_cases(corpus[:1500], Plan(seed=5))
    assert build_manifest(corpus[:1500], again, Plan(seed=5), {"a file": "00"}) == manifest


def test_an_existing_run_is_refused_or_its_files_replaced(run, tmp_path):
    folder = tmp_path / "run_1"
    write_run(folder, *run)
    (folder / "train.jsonl").write_text("old")
    (folder / "checkpoint").mkdir()
    with pytest.raises(DataError, match="exists already") as error:
        check_run(folder, force=False)
    assert "--force" in error.value.hint
    check_run(folder, force=True)
    write_run(folder, *run)
    assert (folder / "train.jsonl").read_text() != "old"
    assert (folder / "checkpoint").is_dir()
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_folder_is_free(tmp_path):
    check_run(tmp_path, force=False)


def test_places_that_cannot_be_written(run, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="is a file"):
        check_run(tmp_path / "file", force=True)
    with pytest.raises(WorldError) as error:
        write_run(tmp_path / "file" / "run_1", *run)
    assert error.value.hint


def test_ids_of_several_files_are_told_apart(make):
    cases = [make("a", case_id="1"), make("b", case_id="1"), make("c", case_id="2")]
    assert [case.id for case in distinct_ids(cases)] == ["1", "1~2", "2"]


def test_text_that_no_file_can_hold_is_escaped(make, tmp_path):
    cases = [make(f"壊れた文字\ud83d {i}", case_id=f"w-{i}", writer=f"w{i}") for i in range(6)]
    split = split_cases(cases, Plan(keep_near=True))
    leaks = leak_report(split.parts)
    assert leaks["counts"]["near_duplicates"] + leaks["counts"]["same_text"] == 0
    manifest = build_manifest(cases, split, Plan(), {})
    write_run(tmp_path / "run_1", split, manifest, {**leaks, "text": cases[0].text})
    read = read_cases(tmp_path / "run_1" / "train.jsonl")
    assert {case.text for case in read} <= {case.text for case in cases}
