import pytest

from funcgemma.data.augment.endings import plain, polite
from funcgemma.data.augment.particles import drop_particle, final_particle


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("今夜の空を教えて", {"今夜の空を教えてください", "今夜の空を教えてもらえますか", "今夜の空を教えていただけますか"}),
        ("いい宿ある？", {"いい宿ありますか？"}),
        ("これは何？", {"これは何ですか？"}),
        ("雨かな", {"雨でしょうか"}),
        ("旅行したいなあ", {"旅行したいです"}),
        ("誰だっけ？", {"誰でしたっけ？"}),
    ],
)  # fmt: skip
def test_polite(read, texts, said, made):
    assert texts(polite, read(said, "celebrity_info !person_name")) == made


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("教えてください。", {"教えて。"}),
        ("調べてもらえますか", {"調べてもらえる？", "調べてくれる？"}),
        ("いい宿ありますか？", {"いい宿ある？"}),
        ("誰ですか？", {"誰？"}),
        ("よろしくお願いします", {"よろしくお願い"}),
    ],
)
def test_plain(read, texts, said, made):
    assert texts(plain, read(said, "celebrity_info !person_name")) == made


def test_register_stays_where_no_rule_fits(read, texts):
    for said in ("おはよう", "好きって", "宿がある", "眠くて", "Tell me"):
        assert not texts(polite, read(said))
        assert not texts(plain, read(said))
    assert not texts(polite, read("仕事で疲れて"))  # a story told, not a request


def test_values_and_quotations_keep_their_endings(read, texts):
    case = read("訳して「[道を教えて](text)」", "translation_assist !target_language")
    assert not texts(polite, case) | texts(final_particle, case)
    assert not texts(
        polite, read("リマインド、[鍵を見て](description)", "schedule_reminder action=create")
    )


@pytest.mark.parametrize("transform", [polite, plain])
def test_a_register_is_reached_in_one_step(sample, texts, read, transform):
    changed = 0
    for case in sample:
        for text in texts(transform, case, 1):
            changed += 1
            again = read("x", "celebrity_info !person_name")
            assert not texts(transform, type(again)("i", text, again.now, calls=again.calls), 3), (
                text
            )
    assert changed > 5


def test_final_particles(read, texts):
    assert texts(final_particle, read("宿を教えて。", "travel_guide !destination")) == {
        "宿を教えてね。", "宿を教えてよ。", "宿を教えてほしい。", "宿を教えてー。",
    }  # fmt: skip
    assert texts(final_particle, read("よく寝た")) == {"よく寝たよ", "よく寝たなあ", "よく寝たわ"}
    assert not texts(final_particle, read("よく寝た？"))


def test_particles_are_left_out(read, texts):
    assert texts(drop_particle, read("予定を見せて、空が青い")) == {
        "予定見せて、空が青い",
        "予定を見せて、空青い",
    }
    assert not texts(
        drop_particle, read("「[水を飲む](text)」", "translation_assist !target_language")
    )
    assert not texts(drop_particle, read("寝たが眠い"))
