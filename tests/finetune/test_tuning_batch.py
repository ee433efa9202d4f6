"""Rows of several examples give what each example alone would give."""

import pytest

from finetune.tuning import small_model, some_cases, two_functions
from funcgemma.finetune.encode import encoder_of
from funcgemma.finetune.examples import PromptOptions, make_examples

pytestmark = pytest.mark.llm


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    pytest.importorskip("torch")
    from transformers import AutoModelForCausalLM

    folder = small_model(tmp_path_factory.mktemp("small") / "m")
    return AutoModelForCausalLM.from_pretrained(folder).eval()


@pytest.fixture(scope="module")
def encoded(model):
    from transformers import AutoTokenizer

    encoder = encoder_of(AutoTokenizer.from_pretrained(model.config._name_or_path))
    options = PromptOptions(compact=True)
    return [
        encoder(e) for e in make_examples(some_cases(), tuple(two_functions()), options).examples
    ]


def alone(model, example):
    """The logits for the completion of an example, by the model's own masks and positions."""
    import torch

    size = len(example.completion)
    return model(torch.tensor([example.tokens])).logits[0, -size - 1 : -1]


def test_a_row_gives_the_logits_of_its_examples(model, encoded):
    import torch

    from funcgemma.finetune.batch import completion_logits, in_rows, make_row

    with torch.no_grad():
        for examples in in_rows(encoded, 3):
            row = make_row(examples, model.config.sliding_window, "cpu")
            expected = torch.cat([alone(model, example) for example in examples])
            assert torch.allclose(completion_logits(model, row), expected, atol=1e-5)
            assert row.labels.tolist() == [t for e in examples for t in e.completion]


def test_rows_share_a_developer_turn(encoded):
    from funcgemma.finetune.batch import in_rows, make_row

    rows = list(in_rows(encoded, 3))
    assert sorted(e.id for row in rows for e in row) == [e.id for e in encoded]
    assert [len(row) for row in rows] == [3, 2, 3]
    for examples in rows:
        assert len({example.head for example in examples}) == 1
        own = sum(len(e.tail) + len(e.completion) for e in examples)
        inputs = make_row(examples, 64, "cpu").inputs
        assert inputs["input_ids"].shape == (1, len(examples[0].head) + own)
        assert len(inputs["logits_to_keep"]) == sum(len(e.completion) for e in examples)


def test_the_loss_is_that_of_the_completions(model, encoded):
    import torch

    from funcgemma.finetune.batch import completion_logits, make_row, summed_loss

    row = make_row(encoded[:2], model.config.sliding_window, "cpu")
    expected = sum(
        torch.nn.functional.cross_entropy(
            alone(model, e), torch.tensor(e.completion), reduction="sum"
        )
        for e in encoded[:2]
    )
    assert summed_loss(completion_logits(model, row), row).item() == pytest.approx(
        expected.item(), rel=1e-5
    )


def test_exact_ones_are_counted(model, encoded):
    import torch

    from funcgemma.finetune.batch import exact_count, make_row

    row = make_row(encoded[:3], 64, "cpu")
    logits = torch.nn.functional.one_hot(row.labels, model.config.vocab_size).float()
    assert exact_count(logits, row) == 3
    logits[-1] = 0.0
    assert exact_count(logits, row) == 2
