from random import Random

import pytest

from funcgemma.data.augment.gold import holds, times_hold
from funcgemma.data.augment.kit import lexicon, make_kit
from funcgemma.data.augment.recipes import STAGES, TRANSFORMS, usable, vary
from funcgemma.data.examples import CLOCK
from funcgemma.language.values.times import find_times


def test_every_transform_has_a_stage():
    assert sorted(name for _, stage in STAGES for name in stage) == sorted(TRANSFORMS)


@pytest.mark.parametrize("name", TRANSFORMS)
def test_gold_stays_right_over_the_corpus(sample, registry, name):
    kit, rng, made = make_kit(sample, registry.schemas), Random(1), 0
    for case in sample:
        if not usable(case, kit):
            continue
        row = TRANSFORMS[name](case, rng, kit)
        if row is None or not holds(case, row, registry.schemas):
            continue
        made += 1
        assert times_hold(row, registry.schemas)
        assert [call.name for call in row.calls] == [call.name for call in case.calls]
        assert row.spans.keys() == case.spans.keys()
        assert (row.text != case.text) == (name != "clock")
        for old, new in zip(case.calls, row.calls, strict=True):
            assert old.arguments.keys() == new.arguments.keys()
            if name not in ("values", "dates", "clock"):
                assert old.arguments == new.arguments
    assert made > 10


def test_hardly_a_row_fails_its_check(sample, registry):
    """A transform that breaks gold is a mistake in it; the check is only the net."""
    kit, rng, bad, tried = make_kit(sample, registry.schemas), Random(2), 0, 0
    for case in sample:
        for transform in TRANSFORMS.values() if usable(case, kit) else ():
            row = transform(case, rng, kit)
            if row is not None:
                tried += 1
                bad += not holds(case, row, registry.schemas)
    assert bad < tried * 0.05


def test_only_the_named_transforms_are_used(sample, registry):
    kit = make_kit(sample, registry.schemas)
    made = [vary(case, Random(case.id), kit, ["fillers"]) for case in sample[:200]]
    assert {used for row in made if row for used in row[1]} == {"fillers"}


def test_the_same_seed_gives_the_same_row(sample, registry):
    kit = make_kit(sample, registry.schemas)
    for case in sample[:100]:
        assert vary(case, Random(4), kit) == vary(case, Random(4), kit)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_word_of_the_time_lists_is_read(language):
    for word in lexicon(language, "times"):
        (time,) = find_times(word, CLOCK)
        assert time.end == len(word), word
        assert word[: time.start] in ("", "on ", "at ", "in "), word


@pytest.mark.parametrize(
    "name", ["place", "person", "product_or_service", "description", "description_verb", "text"]
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_word_of_the_other_lists_names_a_time(language, name):
    words = lexicon(language, name)
    assert len(words) >= 20
    assert len(set(words)) == len(words)
    for word in words:
        assert not find_times(word, CLOCK), word
