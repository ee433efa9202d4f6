import re

import pytest

from finetune.tuning import some_cases, two_functions
from funcgemma.finetune.encode import Encoder, encoder_of, lengths_of, measure, within
from funcgemma.finetune.examples import Example, PromptOptions, make_examples
from tiny import MODEL_DIR

BOS = 2


def tokenise(text):
    """Control tokens and single characters."""
    return [hash(piece) % 10_000 + 10 for piece in re.findall(r"<[a-z_]+>|.|\n", text)]


@pytest.fixture
def encoded():
    examples = make_examples(some_cases(), tuple(two_functions()), PromptOptions(True)).examples
    encoder = Encoder(tokenise, BOS)
    return [(example, encoder(example)) for example in examples]


def test_the_parts_together_are_the_whole(encoded):
    for example, found in encoded:
        assert list(found.tokens) == [BOS, *tokenise(example.prompt), *tokenise(example.completion)]
        assert list(found.completion) == tokenise(example.completion)
        assert len(found) == len(found.tokens)


def test_the_developer_turn_is_kept_once_a_day(encoded):
    assert len({id(found.head) for _, found in encoded}) == 2
    assert len({found.head for _, found in encoded}) == 2


def test_there_is_one_bos_whatever_stands_in_the_text():
    turn = "<start_of_turn>user\nx<end_of_turn>\n"
    encoder = Encoder(tokenise, BOS)
    plain, marked = encoder(Example("1", turn, "y")), encoder(Example("1", f"<bos>{turn}", "y"))
    assert plain.tokens == marked.tokens
    assert plain.tokens.count(BOS) == 1
    assert Encoder(tokenise, None)(Example("1", turn, "y")).tokens == plain.tokens[1:]


def test_half_a_character_does_no_harm():
    assert Encoder(tokenise, BOS)(Example("1", "a\ud83d", "b")).tail == ()


def test_lengths():
    found = lengths_of(range(1, 101))
    assert (found.p50, found.p95, found.longest) == (50, 96, 100)
    assert lengths_of([7]) == lengths_of([7, 7])


def test_the_parts_are_measured(encoded):
    found = measure([one for _, one in encoded])
    assert list(found) == ["functions", "conversation", "completion", "together"]
    assert found["together"].longest == max(len(one) for _, one in encoded)
    assert found["functions"].p50 > found["completion"].p50


def test_longer_ones_are_left_out_whole(encoded):
    examples = [one for _, one in encoded]
    most = sorted(map(len, examples))[-2]
    kept, over = within(examples, most)
    assert len(kept) + len(over) == len(examples)
    assert all(len(one) <= most for one in kept)
    assert len(over) == 1
    assert all(one in examples for one in kept)


@pytest.mark.llm
def test_the_tokens_are_those_of_serving():
    pytest.importorskip("transformers")
    from transformers import AutoTokenizer

    from funcgemma.backends.transformers.model import Loaded

    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR)
    served = Loaded(None, tokenizer, "cpu", 4096, (tokenizer.bos_token_id,), frozenset(), True)
    encoder = encoder_of(tokenizer)
    for example in make_examples(some_cases(), tuple(two_functions())).examples:
        found = encoder(example)
        assert list(found.head + found.tail) == served.encode(example.prompt)
        assert list(found.tokens) == tokenizer(example.prompt + example.completion)["input_ids"]
