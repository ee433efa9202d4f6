import random

from funcgemma.data.similar import NEAR, SHORT, alike, grams, jaccard, plain


def test_width_case_space_and_marks_do_not_count():
    found = alike(
        ["リマインドお願い！", "リマインド、お願い", "ＯＫじゃあそれで頼む", "okじゃあそれで頼む。"]
    )
    assert found.members == ((0, 1), (2, 3))
    assert list(found.pairs()) == [(0, 1, 1.0), (2, 3, 1.0)]


def test_nearly_the_same():
    first, second = "pls translate this for me", "translate this for me"
    (near,) = alike([first, "何か別の文を書いておく", second]).near
    assert (near.first, near.second) == (0, 2)
    assert near.similarity == round(jaccard(grams(plain(first)), grams(plain(second))), 4) >= NEAR


def test_short_texts_are_told_apart_and_never_near():
    found = alike(["はい", "はい！", "はいはい", "ありがとう", "ありがとう。"])
    assert not list(found.pairs())
    assert dict(found.same_short()) == {"はい": (0, 1), "ありがとう": (3, 4)}


def test_texts_of_marks_alone_stay_themselves():
    assert alike(["？", "！", ""]).members == ((0,), (1,), (2,))


def test_every_pair_above_the_threshold_is_found():
    rng = random.Random(1)
    texts = ["".join(rng.choices("あいうえおか", k=rng.randint(8, 30))) for _ in range(60)]
    for text in list(texts):
        place = rng.randrange(len(text))
        texts += [text[:place] + "ん" + text[place:], text[:-1], text + text[:2]]
    for threshold in (0.3, 0.5, NEAR, 1.0):
        found = alike(texts, threshold)
        sets = [grams(text) if len(text) >= SHORT else frozenset() for text in found.texts]
        wanted = {
            (i, j)
            for i in range(len(sets))
            for j in range(i + 1, len(sets))
            if jaccard(sets[i], sets[j]) >= threshold
        }
        assert {(n.first, n.second) for n in found.near} == wanted
        assert wanted or threshold == 1.0


def test_a_pair_stands_for_each_pair_of_members():
    texts = ["translate this for me", "Translate this for me.", "pls translate this for me"]
    assert [(i, j) for i, j, _ in alike(texts).pairs()] == [(0, 1), (0, 2), (1, 2)]
