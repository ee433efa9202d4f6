import json

import pytest

from funcgemma.functions.builtin.celebrity_info import SCHEMA, handler, register
from funcgemma.functions.registry import FunctionRegistry

JA, EN = "/wikipedia/ja/w/api.php", "/wikipedia/en/w/api.php"
OHTANI = {
    "pageid": 2532173,
    "ns": 0,
    "title": "大谷翔平",
    "fullurl": "https://ja.wikipedia.org/wiki/%E5%A4%A7%E8%B0%B7%E7%BF%94%E5%B9%B3",
    "extract": "大谷 翔平（おおたに しょうへい、1994年7月5日 - ）は、"
    "岩手県奥州市出身のプロ野球選手。\n\n"
    "== 経歴 ==\n=== プロ入り前 ===\n小学3年生のときに野球を始め、花巻東高校へ進んだ。\n"
    "== 人物 ==\n読書が好きで、漫画もよく読むと話している選手である。\n"
    "== 家族 ==\n2024年2月に結婚したことを自身のSNSで発表した。\n"
    "== 脚注 ==\n",
}


def page(entry):
    return {"batchcomplete": True, "query": {"pages": [entry]}}


def test_the_schema_is_the_contract_and_reading_is_its_only_risk():
    registry = FunctionRegistry()
    register(registry)
    definition = registry.get("celebrity_info")
    assert definition.schema == SCHEMA and definition.risk_of({}) == "read"


def test_who_somebody_is(api, make_context):
    api.reply(JA, page(OHTANI))
    result = handler(person_name="大谷翔平", ctx=make_context())
    assert result["status"] == "ok" and result["message"] == "「大谷翔平」の概要です。"
    assert result["summary"].startswith("大谷 翔平（おおたに")
    assert "section" not in result and "facts" not in result
    assert result["source"]["url"] == OHTANI["fullurl"]
    assert result["source"]["licence"] == "CC BY-SA 4.0"
    assert json.loads(json.dumps(result)) == result


@pytest.mark.parametrize(
    ("info_type", "message", "section"),
    [
        ("career", "「大谷翔平」の「経歴」です。", "経歴"),
        ("relationships", "「大谷翔平」の「家族」です。", "家族"),
        ("works", "その項目は記事にないため、「大谷翔平」の概要です。", None),
        ("news", "最新のニュースは調べられないため、「大谷翔平」の概要です。", None),
        ("profile", "「大谷翔平」のプロフィールです。", "人物"),
    ],
)
def test_what_is_wanted_picks_the_section(api, make_context, info_type, message, section):
    api.reply(JA, page(OHTANI))
    result = handler(person_name="大谷翔平", info_type=info_type, ctx=make_context())
    assert result["message"] == message
    assert result.get("section", {}).get("title") == section


def test_the_profile_is_read_from_the_first_paragraph(api, make_context):
    api.reply(JA, page(OHTANI))
    result = handler(person_name="大谷翔平", info_type="profile", ctx=make_context())
    assert result["facts"] == {
        "birth_date": "1994-07-05",
        "age": 31,
        "reading": "おおたに しょうへい",
        "origin": "岩手県奥州市",
    }


def test_long_texts_are_clipped(api, make_context):
    api.reply(JA, page(OHTANI | {"extract": "長い文です。" * 1000}))
    result = handler(person_name="大谷翔平", ctx=make_context())
    assert len(result["summary"]) <= 600 and result["summary"].endswith("。")


def test_several_people_of_that_name(api, make_context):
    entry = {
        "pageid": 1,
        "title": "佐藤健",
        "extract": "佐藤健 (俳優) - 俳優。\n佐藤健 (作家) - 作家。",
    }
    entry["pageprops"] = {"disambiguation": ""}
    entry["links"] = [{"ns": 0, "title": "佐藤健 (俳優)"}, {"ns": 0, "title": "佐藤健 (作家)"}]
    api.reply(JA, page(entry))
    result = handler(person_name="佐藤健", ctx=make_context())
    assert result["status"] == "ambiguous"
    assert result["message"] == "「佐藤健」には候補が2件あります。どれのことですか？"
    assert [found["description"] for found in result["candidates"]] == ["俳優。", "作家。"]
    assert json.loads(json.dumps(result)) == result


def test_nobody_of_that_name(api, make_context):
    missing = page({"title": "x", "missing": True})
    api.reply(JA, lambda query: {"query": {"search": []}} if "list" in query else missing)
    result = handler(person_name="名もない人", ctx=make_context())
    assert (result["status"], result["reason"]) == ("unavailable", "not_found")


@pytest.mark.parametrize("name", ["", " ", "[]"])
def test_no_name_at_all(api, make_context, name):
    assert handler(person_name=name, ctx=make_context())["reason"] == "not_found"
    assert api.requests == []


def test_in_english(api, make_context):
    entry = {
        "pageid": 1,
        "title": "Shohei Ohtani",
        "extract": "Ohtani (born July 5, 1994) is a player.",
    }
    api.reply(EN, page(entry))
    context = make_context("en")
    result = handler(person_name="Shohei Ohtani", info_type="profile", ctx=context)
    assert result["message"] == "The profile of “Shohei Ohtani”."
    assert result["facts"]["age"] == 31 and result["source"]["name"] == "Wikipedia"


def test_a_broken_world_is_a_result(api, make_context, closed_port):
    assert handler(person_name="A", ctx=make_context(http=None))["reason"] == "offline"
    offline = make_context(settings={"wikipedia_url": closed_port})
    assert handler(person_name="A", ctx=offline)["reason"] == "offline"
    api.reply(JA, b"<html>")
    assert handler(person_name="A", ctx=make_context())["reason"] == "bad_reply"
