from datetime import date

import pytest

from funcgemma.functions.sources.biography import profile

TODAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("lead", "facts"),
    [
        (
            "大谷 翔平（おおたに しょうへい、1994年7月5日 - ）は、岩手県奥州市出身のプロ野球選手。"
            "身長193cm、血液型B型。",
            {
                "birth_date": "1994-07-05",
                "age": 31,
                "reading": "おおたに しょうへい",
                "origin": "岩手県奥州市",
                "height_cm": 193,
                "blood_type": "B",
            },
        ),
        (
            "坂本 龍馬（さかもと りょうま、天保6年11月15日（1836年1月3日） - "
            "慶応3年11月15日（1867年12月10日））は、江戸時代末期の志士。",
            {
                "birth_date": "1836-01-03",
                "death_date": "1867-12-10",
                "reading": "さかもと りょうま",
            },
        ),
        (
            "さかなクン（1975年〈昭和50年〉8月6日 - ）は、日本の魚類学者。本名：宮澤 正之。",
            {"birth_date": "1975-08-06", "age": 50, "real_name": "宮澤 正之"},
        ),
        (
            "テイラー・スウィフト（英語: Taylor Swift、1989年12月13日 - ）は歌手。",
            {"birth_date": "1989-12-13", "age": 36},
        ),
        ("YOASOBI（ヨアソビ）は、日本の音楽ユニット。", {"reading": "ヨアソビ"}),
        (
            "誰か（1850年1月1日生まれ）は、東京大学出身の人物。本名は非公開。",
            {"birth_date": "1850-01-01"},
        ),
        ("ある人（1990年2月30日 - ）は、人物である。", {}),
        ("括弧が（閉じない文章である。1990年1月1日", {}),
        ("", {}),
    ],
)
def test_japanese(lead, facts):
    assert profile(lead, "ja", TODAY) == facts


@pytest.mark.parametrize(
    ("lead", "facts"),
    [
        (
            "Shohei Ohtani (大谷 翔平, Ōtani Shōhei; born July 5, 1994) is a baseball player.",
            {"birth_date": "1994-07-05", "age": 31},
        ),
        (
            "Audrey Hepburn (4 May 1929 – 20 January 1993) was a British actress.",
            {"birth_date": "1929-05-04", "death_date": "1993-01-20"},
        ),
        ("Prince (June 7, 1958 – c. April 2016) was a singer.", {"birth_date": "1958-06-07"}),
        ("The Beatles were a band from Liverpool.", {}),
    ],
)
def test_english(lead, facts):
    assert profile(lead, "en", TODAY) == facts


def test_age_counts_birthdays():
    lead = "A (born May 13, 2000) is."
    assert profile(lead, "en", date(2026, 5, 12))["age"] == 25
    assert profile(lead, "en", date(2026, 5, 13))["age"] == 26
