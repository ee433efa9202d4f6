from funcgemma.data.leaks import leak_report, template


def test_each_kind_of_leak_is_counted_and_shown(make):
    parts = {
        "train": [
            make("明日は雨が降るでしょうか", case_id="a-1.1", writer="a"),
            make("はい", case_id="a-2", writer="a"),
        ],
        "validation": [make("明日は雨が降るでしょうか？", case_id="b-1", writer="b")],
        "test": [
            make("明日は雨が降るでしょうかね", case_id="a-1.2", writer="a"),
            make("はい。", case_id="c-1", writer="c"),
        ],
    }
    report = leak_report(parts)
    assert report["counts"] == {
        "writers": 1,
        "groups": 1,
        "dialogues": 1,
        "same_text": 1,
        "near_duplicates": 2,
        "short_same_text": 1,
        "templates": 0,
    }
    assert report["writers"] == [{"name": "a", "parts": {"train": 2, "test": 1}}]
    assert [case["id"] for case in report["same_text"][0]["cases"]] == ["a-1.1", "b-1"]
    assert report["short_same_text"] == [{"text": "はい", "parts": ["train", "test"]}]


def test_templates_have_names_for_words(make):
    spans = {"0.date": (0, 2), "0.location": (3, 5)}
    case = make("明日の京都の天気は？", ("weather_info", {"location": "京都"}), spans=spans)
    assert template(case) == "[date]の[location]の天気は"
    other = make("金曜の東京の天気は", ("weather_info", {"location": "東京"}), spans=spans)
    parts = {"train": [case], "test": [other]}
    assert leak_report(parts)["counts"]["templates"] == 1


def test_what_says_next_to_nothing_is_no_template(make):
    assert template(make("京都は？", ("weather_info", {}), spans={"0.location": (0, 2)})) == ""
    assert template(make("おはようございます")) == ""
