from funcgemma.data.augment.edits import Edit, edited, free


def test_spans_follow_their_words(read):
    case = read("[明日](date=2026-05-14)の[京都](location)の天気は？", "weather_info")
    row = edited(case, [Edit(3, 5, "鹿児島"), Edit(0, 0, "えっと、"), Edit(8, 9, "")])
    assert row.text == "えっと、明日の鹿児島の天気？"
    assert row.text[slice(*row.spans["0.date"])] == "明日"
    assert row.text[slice(*row.spans["0.location"])] == "鹿児島"


def test_what_is_put_between_neighbours_belongs_to_neither(read):
    case = read("[明日](date=2026-05-14)[京都](location)", "weather_info")
    row = edited(case, [Edit(2, 2, "の")])
    assert [row.text[s:e] for s, e in row.spans.values()] == ["明日", "京都"]


def test_no_edit_cuts_through_a_border(read):
    case = read("[明日](date=2026-05-14)の[京都](location)", "weather_info")
    assert edited(case, [Edit(1, 3, "x")]) is None
    assert edited(case, [Edit(2, 4, "")]) is None


def test_what_the_gold_rests_on_is_not_free(read):
    case = read(
        "[京都](location)は[明日](date=2026-05-14)晴れる？あと「今日は暑い」は訳さないで",
        "weather_info",
    )
    kept = "".join(c if f else "_" for c, f in zip(case.text, free(case), strict=True))
    assert kept == "__は__晴れる？あと_______は訳さないで"
    times = "".join(c if f else "_" for c, f in zip(case.text, free(case, times=True), strict=True))
    assert times == "__は明日晴れる？あと_______は訳さないで"


def test_words_that_are_a_value_elsewhere_are_not_free(read):
    case = read("京都の宿、その京都", "travel_guide destination=京都 info_type=lodging")
    assert [i for i, f in enumerate(free(case)) if not f] == [0, 1, 7, 8]
