from funcgemma.functions.sources import sections

EXTRACT = """京都（きょうと、英: Kyoto）は都市である。


== 知る ==
=== 歴史 ===
794年に都となった。とても長い歴史を持っている都市である。

== 食べる ==
湯豆腐、にしんそば、漬物、抹茶の菓子がよく知られている。 (  )
==== 予算 ====
昼は1000円から食べられる。
== 泊まる ==
宿。
== 食べる場所 ==
店はたくさんあるので、歩いて探すのがおすすめである。
"""


def test_an_article_is_a_lead_and_sections():
    lead, parts = sections.split(EXTRACT)
    assert lead == "京都（きょうと、英: Kyoto）は都市である。"
    assert [(part.title, part.level) for part in parts] == [
        ("知る", 2),
        ("歴史", 3),
        ("食べる", 2),
        ("予算", 4),
        ("泊まる", 2),
        ("食べる場所", 2),
    ]


def test_an_article_without_headings_is_all_lead():
    assert sections.split("A town.\n\nNothing else = here.") == (
        "A town.\nNothing else = here.",
        (),
    )
    assert sections.split("") == ("", ())


def test_a_section_comes_with_its_subsections():
    _, parts = sections.split(EXTRACT)
    found = sections.find(parts, ("食べる",))
    assert found is not None
    assert found.text.splitlines() == [
        "湯豆腐、にしんそば、漬物、抹茶の菓子がよく知られている。",
        "予算",
        "昼は1000円から食べられる。",
    ]
    assert "794年" in sections.find(parts, ("知る",)).text


def test_sections_without_anything_to_say_are_passed_over():
    _, parts = sections.split(EXTRACT)
    assert sections.find(parts, ("泊まる",)) is None
    assert sections.find(parts, ("泊まる", "場所")).title == "食べる場所"
    assert sections.find(parts, ()) is None


def test_headings_are_compared_without_case():
    _, parts = sections.split("== PERSONAL Life ==\nHe lives in a small house by the sea.")
    assert sections.find(parts, ("personal life",)).title == "PERSONAL Life"


def test_clipping_ends_with_a_sentence():
    text = "一つ目の文です。二つ目の文です。三つ目の文です。"
    assert sections.clip(text, 100) == text
    assert sections.clip(text, 20) == "一つ目の文です。二つ目の文です。"
    assert sections.clip("No end. " + "x" * 50, 30) == "No end. " + "x" * 21 + "…"
    assert sections.clip("Version 3.11 is out. More.", 22) == "Version 3.11 is out."
