"""The vocabulary by id: types of control tokens, both sources, what does not fit."""

import json

import pytest

from funcgemma.errors import ArtefactError
from funcgemma.finetune.gguf.pieces import BYTE, CONTROL, NORMAL, UNKNOWN, UNUSED, USER_DEFINED
from funcgemma.finetune.gguf.vocabulary import CALL_TOKENS, TURN_TOKENS, read_vocabulary, token_id
from tiny import MODEL_DIR

SIZE = 3072


def kinds(pieces):
    return {piece.text: piece.kind for piece in pieces}


@pytest.mark.parametrize(
    ("control", "kind"), [("CONTROL", CONTROL), ("USER_DEFINED", USER_DEFINED)]
)
@pytest.mark.parametrize("source", ["tokenizer.model", "tokenizer.json"])
def test_only_the_call_tokens_change_their_type(folder, control, kind, source):
    if source == "tokenizer.json":
        (folder / "tokenizer.model").unlink()
    found = kinds(read_vocabulary(folder, SIZE, control))
    assert {found[token] for token in CALL_TOKENS} == {kind}
    assert {found[token] for token in TURN_TOKENS} == {CONTROL}
    assert (found["<unk>"], found["\n"], found["<0x0A>"]) == (UNKNOWN, USER_DEFINED, BYTE)


def test_both_files_give_the_same_pieces_in_the_same_order_of_scores(folder):
    model = read_vocabulary(folder, SIZE, "CONTROL")
    (folder / "tokenizer.model").unlink()
    tokenizer = read_vocabulary(folder, SIZE, "CONTROL")
    assert [(p.text, p.kind) for p in model] == [(p.text, p.kind) for p in tokenizer]
    merged = [i for i, p in enumerate(model) if p.kind == NORMAL and len(p.text) > 1]
    ranked = [sorted(merged, key=lambda i, ps=ps: -ps[i].score) for ps in (model, tokenizer)]
    assert ranked[0] == ranked[1]


def test_merges_in_the_older_notation(folder, edit):
    (folder / "tokenizer.model").unlink()
    before = read_vocabulary(folder, SIZE, "CONTROL")
    path = folder / "tokenizer.json"
    model = json.loads(path.read_text(encoding="utf-8"))["model"]
    model["merges"] = [" ".join(pair) for pair in model["merges"]]
    edit("tokenizer.json", model=model)
    assert read_vocabulary(folder, SIZE, "CONTROL") == before


def test_rows_beyond_the_tokenizer_are_unused():
    pieces = read_vocabulary(MODEL_DIR, SIZE + 64, "CONTROL")
    assert len(pieces) == SIZE + 64
    assert {piece.kind for piece in pieces[SIZE:]} == {UNUSED}


def test_what_the_settings_say_about_added_tokens(folder, edit):
    decoder = {
        "400": {"content": "<unused40>", "special": False},
        "401": {"content": "▁▁", "special": False},
        "402": {"content": "<image>", "special": True},
        "9999": {"content": "<beyond>", "special": True},
    }
    edit("tokenizer_config.json", added_tokens_decoder=decoder)
    pieces = read_vocabulary(folder, SIZE, "CONTROL")
    found = [(pieces[i].text, pieces[i].kind) for i in (400, 401, 402)]
    assert found == [("<unused40>", CONTROL), ("  ", USER_DEFINED), ("<image>", CONTROL)]


@pytest.mark.parametrize("source", ["tokenizer.model", "tokenizer.json"])
def test_an_added_token_without_a_row_is_left_out(folder, edit, source):
    """As <image_soft_token> of Gemma's tokenizer, one beyond the rows of the text models."""
    path = folder / "tokenizer.json"
    before = read_vocabulary(folder, SIZE, "CONTROL")
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"]["<image_soft_token>"] = SIZE
    tokenizer["added_tokens"].append({"id": SIZE, "content": "<image_soft_token>", "special": True})
    edit("tokenizer.json", **tokenizer)
    if source == "tokenizer.json":
        (folder / "tokenizer.model").unlink()
    found = read_vocabulary(folder, SIZE, "CONTROL")
    assert [(p.text, p.kind) for p in found] == [(p.text, p.kind) for p in before]


def test_what_one_file_says_of_added_tokens_adds_to_the_other(folder, edit):
    """A tokenizer.model may have <unusedN> where the tokenizer has a control token."""
    added = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["added_tokens"]
    edit("tokenizer.json", added_tokens=[*added, {"id": 400, "content": "<a>", "special": True}])
    edit(
        "tokenizer_config.json",
        added_tokens_decoder={"401": {"content": "<mask>", "special": False}},
    )
    pieces = read_vocabulary(folder, SIZE, "CONTROL")
    assert [(pieces[i].text, pieces[i].kind) for i in (400, 401)] == [
        ("<a>", CONTROL),
        ("<mask>", CONTROL),
    ]


@pytest.mark.parametrize("added", [[{"content": "<a>"}], [7], [{"id": 400}]])
def test_damaged_added_tokens(folder, edit, added):
    edit("tokenizer.json", added_tokens=added)
    with pytest.raises(ArtefactError, match="added tokens are damaged"):
        read_vocabulary(folder, SIZE, "CONTROL")


def test_a_damaged_list_of_merges(folder, edit):
    (folder / "tokenizer.model").unlink()
    model = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    edit("tokenizer.json", model={**model, "merges": [["a"]]})
    with pytest.raises(ArtefactError, match="is damaged"):
        read_vocabulary(folder, SIZE, "CONTROL")


def test_a_tokenizer_that_is_larger_than_the_model():
    with pytest.raises(ArtefactError, match="3072 tokens, the model 3000"):
        read_vocabulary(MODEL_DIR, 3000, "CONTROL")


def test_no_tokenizer(tmp_path):
    with pytest.raises(ArtefactError, match="neither"):
        read_vocabulary(tmp_path, SIZE, "CONTROL")


@pytest.mark.parametrize("model", [{"type": "WordPiece"}, {"type": "BPE"}, {}])
def test_a_tokenizer_of_another_kind(folder, edit, model):
    (folder / "tokenizer.model").unlink()
    edit("tokenizer.json", model=model)
    with pytest.raises(ArtefactError, match="not a Gemma tokenizer"):
        read_vocabulary(folder, SIZE, "CONTROL")


def test_tokens_by_name():
    pieces = read_vocabulary(MODEL_DIR, SIZE, "CONTROL")
    assert (token_id(pieces, "<bos>"), token_id(pieces, "<nothing>")) == (2, None)
