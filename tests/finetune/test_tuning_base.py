import shutil

import pytest

from funcgemma.errors import BackendError
from funcgemma.finetune.base import Base, find_base, folder_hash
from tiny import MODEL_DIR


def test_a_folder_is_known_by_what_is_in_it(tmp_path):
    base = find_base(str(MODEL_DIR))
    copy = shutil.copytree(MODEL_DIR, tmp_path / "copy")
    (copy / "README.md").write_text("notes")
    assert find_base(str(copy)).hash == base.hash
    assert find_base(str(copy)).is_the_one_of(base.to_json())
    (copy / "tokenizer_config.json").write_text("{}")
    assert folder_hash(copy) != base.hash
    assert base.name == str(MODEL_DIR.absolute())


def test_a_revision_stands_for_a_model_of_the_hub(tmp_path):
    base = Base("google/x", tmp_path, revision="r1")
    assert base.is_the_one_of({"model": "elsewhere", "revision": "r1", "hash": ""})
    assert not base.is_the_one_of({"model": "google/x", "revision": "r2", "hash": ""})


def test_no_model(tmp_path):
    with pytest.raises(BackendError, match="not a model"):
        find_base(str(tmp_path))
    with pytest.raises(BackendError, match="no folder"):
        find_base(str(tmp_path / "none"))


@pytest.mark.llm
def test_a_model_that_was_not_downloaded():
    pytest.importorskip("huggingface_hub")
    with pytest.raises(BackendError, match="hf download no-one/nothing"):
        find_base("no-one/nothing")
