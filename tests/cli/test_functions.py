import json

import pytest

from funcgemma.cli.app import run
from funcgemma.functions.builtin import builtin_registry
from funcgemma.functions.plugins import known_functions

pytestmark = pytest.mark.usefixtures("own_data_folder")


def test_functions_commands(capsys, tmp_path):
    assert run(["functions", "list"]) == 0
    out = capsys.readouterr().out
    assert all(d.name in out for d in builtin_registry())
    assert run(["functions", "show", "weather_info"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "weather_info"
    assert run(["functions", "show", "nothing"]) == 2
    assert "known:" in capsys.readouterr().err


def test_several_functions_are_a_list_that_is_read_again(capsys, tmp_path):
    assert run(["functions", "show", "weather_info", "travel_guide"]) == 0
    (tmp_path / "two.json").write_text(capsys.readouterr().out)
    two = known_functions(tmp_path / "two.json")
    assert two.names == ("weather_info", "travel_guide")
    assert two.get("travel_guide").schema == builtin_registry().get("travel_guide").schema


def test_a_new_function_works_as_written(tmp_path):
    import subprocess
    import sys

    assert run(["functions", "new", "house_camera", "--output", str(tmp_path)]) == 0
    assert run(["functions", "new", "house_camera", "--output", str(tmp_path)]) == 2
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "[{}]"),
        ("a.json", "{}"),
        ("a.json", "[{"),
        ("a.json", '[{"name": "x"}, {"name": "x"}]'),
        ("a.json", '[{"name": "x", "parameters": {"type": "array"}}]'),
        ("a.py", "1/0"),
        ("a.py", "x = 1"),
    ],
)
def test_wrong_functions_files(tmp_path, capsys, name, text):
    (tmp_path / name).write_text(text)
    assert run(["functions", "--functions", str(tmp_path / name), "list"]) == 2
    assert capsys.readouterr().err.startswith("funcgemma: ")


@pytest.mark.parametrize("name", ["class", "True", "weather_info", "no_function", "a-b"])
def test_names_that_cannot_be_used(tmp_path, capsys, name):
    assert run(["functions", "new", name, "--output", str(tmp_path)]) == 2
    assert f"'{name}'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("before", [True, False])
def test_a_functions_file_before_or_after_the_subcommand(tmp_path, capsys, before):
    (tmp_path / "f.json").write_text('[{"name": "pick"}]')
    option = ["--functions", str(tmp_path / "f.json")]
    for words in (["list"], ["show", "pick"]):
        line = [*option, *words] if before else [*words, *option]
        assert run(["functions", *line]) == 0
        assert "pick" in capsys.readouterr().out
    assert run(["functions", *option]) == 0
    assert capsys.readouterr().out.startswith("pick()")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "is a folder"),
        ("x.jsonl", "is a file of cases"),
        ("x.txt", "is no file of functions"),
        ("x.py", "no such file"),
        ("x.json", "no such file"),
    ],
)
def test_what_is_no_functions_file(tmp_path, capsys, name, said):
    assert run(["functions", "list", "--functions", str(tmp_path / name)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "--functions" in error
