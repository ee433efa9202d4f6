"""The documents say what the code does."""

from pathlib import Path

import pytest

from funcgemma.functions.builtin import builtin_registry

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "name", ["README.md", "README.ja.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))]
)
def test_paths_named_in_documents_exist(name):
    import re

    text = (ROOT / name).read_text(encoding="utf-8")
    for path in set(re.findall(r"`((?:src|docs|tests|benchmarks|examples|tools)/[\w./-]+)`", text)):
        assert (ROOT / path).exists(), path


def test_version_stands_in_the_changelog():
    import funcgemma

    assert f"## {funcgemma.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_argument_of_the_builtin_functions_is_described():
    for definition in builtin_registry():
        for name, schema in definition.properties.items():
            assert schema.get("description"), (definition.name, name)
