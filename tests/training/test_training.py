import numpy as np
import pytest

from funcgemma.errors import TrainingError
from funcgemma.training import thresholds
from funcgemma.training.folds import writer_folds
from funcgemma.training.train import train


def test_no_writer_stands_in_two_parts(corpus):
    parts = writer_folds(corpus, 5, seed=0)
    writers = [{corpus[i].writer for i in part} for part in parts]
    assert sum(map(len, parts)) == len(corpus)
    for i, one in enumerate(writers):
        for other in writers[i + 1 :]:
            assert not one & other


def test_dialogues_of_a_single_writer_stay_whole(corpus):
    cases = [c for c in corpus if c.writer == "w01"]
    parts = writer_folds(cases, 5, seed=0)
    dialogues = [{cases[i].id.rsplit(".", 1)[0] for i in part} for part in parts]
    for i, one in enumerate(dialogues):
        for other in dialogues[i + 1 :]:
            assert not one & other


def test_the_bias_buys_fewer_false_actions():
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 2, 400)
    scores = rng.normal(0, 1, (400, 2)) + np.eye(2)[gold] * 0.5
    bias = thresholds.none_bias(scores, gold, none=0)
    assert bias > 0


def test_logistic_is_calibrated_on_its_own_data():
    rng = np.random.default_rng(1)
    x = rng.normal(0, 2, 5000)
    right = rng.random(5000) < 1 / (1 + np.exp(-(0.7 * x + 0.3)))
    weight, bias = thresholds.logistic(x[:, None], right)
    assert weight == pytest.approx(0.7, abs=0.1)
    assert bias == pytest.approx(0.3, abs=0.1)


def test_confidence_separates_right_from_wrong(router, corpus):
    from funcgemma.data.scoring import score_calls
    from funcgemma.functions.builtin import builtin_registry

    schemas = builtin_registry().schemas
    others = [c for c in corpus if c.writer == "w02"]
    decisions = [router.route(c.dialogue) for c in others]
    right = [
        score_calls(d.calls, c.calls, schemas).call_right
        for d, c in zip(decisions, others, strict=True)
    ]
    sure = np.array([d.confidence for d in decisions])
    assert sure[np.array(right)].mean() > sure[~np.array(right)].mean() + 0.1


def test_quality_on_other_writers(router, corpus):
    """A floor, far below the reported numbers: four writers train, two others are judged."""
    from funcgemma.evaluation.metrics import judge, summary
    from funcgemma.functions.builtin import builtin_registry

    others = [c for c in corpus if c.writer in ("w02", "w15")]
    judged = judge(others, [router.route(c.dialogue) for c in others], builtin_registry().schemas)
    rates = summary(judged)
    assert rates["function_accuracy"] > 0.65
    assert rates["no_function_recall"] > 0.75
    assert rates["call_accuracy"] > 0.5


@pytest.mark.parametrize("count", [0, 3])
def test_too_little_data_is_an_error(corpus, definitions, count):
    greetings = [c for c in corpus if not c.calls][:count]
    with pytest.raises(TrainingError):
        train(greetings, definitions)


def test_ids_of_one_stem_do_not_end_in_one_part(corpus):
    from dataclasses import replace

    cases = [replace(c, id=f"set.{i}", writer="", group="") for i, c in enumerate(corpus[:40])]
    assert len(writer_folds(cases, 5, seed=0)) == 5
