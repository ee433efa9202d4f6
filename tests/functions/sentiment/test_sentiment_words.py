"""Words that carry a feeling: the lexicon, negation, and the cues counted from them."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from funcgemma.errors import DataError
from funcgemma.functions.sentiment.cues import CUES
from funcgemma.functions.sentiment.features import read
from funcgemma.functions.sentiment.feelings import find_feelings, mask
from funcgemma.functions.sentiment.lexicon import FILES, Lexicon, load_lexicon, read_entries
from funcgemma.language.normalise import normalise


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("嬉しくない", "-"),
        ("楽しめなかった", "-"),
        ("満足とは言えません", "-"),
        ("怒ってないよ", "+"),
        ("悪い人じゃない", "+"),
        ("怖くて眠れない", "--"),
        ("最高じゃん", "+"),
        ("嬉しいかもしれない", "+"),
        ("つまらない", "-"),
        ("お願いいたします。ご覧ください", ""),
        ("nobody was happy", "-"),
        ("not bad", "+"),
        ("i can't stop smiling", "+"),
        ("no doubt it's great", "+"),
        ("he is kind of tall", ""),
        ("the goodness and goods", ""),
    ],
)
def test_negation_and_scope(text, signs):
    found = find_feelings(text, load_lexicon())
    assert "".join("-+"[(f.weight > 0) != f.denied] for f in found) == signs


def test_what_is_denied_is_one_sign():
    text = "別に嬉しくないけど"
    assert re.fullmatch("別に[\ue000-\ue005]けど", mask(text, find_feelings(text, load_lexicon())))


def test_the_longest_entry_wins():
    entries = read_entries("x.txt", ["+1 joy: いい, good", "0 -: いいえ", "-1 sadness: cry*"])
    found = Lexicon(dict(entries)).find("いいえ、いい。good crying, 1cry")
    assert [(hit.start, hit.end) for hit in found] == [(4, 6), (7, 11), (12, 18), (21, 24)]


def test_no_lexicon_entry_stands_twice():
    folder = files("funcgemma.functions.sentiment") / "lexicon"
    lines = [line for name in FILES for line in (folder / name).read_text("utf-8").splitlines()]
    words = [normalise(word) for word, _ in read_entries("both", lines)]
    assert [word for word, count in Counter(words).items() if count > 1] == []


@pytest.mark.parametrize(
    "line", ["+3 joy: a", "+1 hope: a", "+1 joy", "+1 joy: ", "+1 joy: a, , b"]
)
def test_a_wrong_lexicon_line_is_named(line):
    with pytest.raises(DataError, match=r"x\.txt:1: "):
        list(read_entries("x.txt", [line]))


def test_cues_have_one_value_each():
    assert len(read("").cues) == len(read("最高！！").cues) == len(CUES)
    values = dict(zip(CUES, read("WOW めっちゃ嬉しい！！でも少し不安…").cues, strict=True))
    for cue in ("exclaims", "stresses", "softens", "trails_off", "screams", "joy", "fear", "both"):
        assert values[cue] > 0, cue
    assert values["positive_before"] == values["negative_after"] == 1
