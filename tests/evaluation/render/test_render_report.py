import json
from html.parser import HTMLParser

import pytest

from funcgemma.evaluation.render.comparison import render_comparison
from funcgemma.evaluation.render.page import escape
from funcgemma.evaluation.render.report import render_report
from funcgemma.evaluation.render.words import SENTENCES
from funcgemma.evaluation.report import build_report
from funcgemma.evaluation.side_by_side import side_by_side

VOID = {"meta", "link", "img", "br", "rect", "path", "circle"}


class WellFormed(HTMLParser):
    """Fails where an element is not closed in order; remembers elements and addresses."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.loads = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [v for name, v in attrs if name in ("src", "href", "data", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check(page):
    parser = WellFormed()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    assert parser.loads == []
    assert not {"script", "link", "iframe", "img"} & set(parser.tags)
    for address in ("http:", "https:", "url(", "@import"):
        assert address not in page
    return parser


def saved(judged, **more):
    return json.loads(json.dumps(build_report(judged, ["weather_info"], mistakes=9) | more))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_that_stands_alone(judged, language):
    page = render_report(saved(judged), language)
    parser = check(page)
    assert f'<html lang="{language}">' in page
    assert parser.tags.count("svg") > 5
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_what_was_said_is_escaped(judged):
    page = render_report(saved(judged))
    assert "<b>発話</b>" not in page
    assert "&lt;b&gt;発話&lt;/b&gt; &amp; 1" in page


def test_nothing_in_a_report_becomes_markup(judged):
    hostile = '"><script>alert(1)</script>&\x00\ud800'
    report = saved(judged, about={"cases": hostile, "resolver": hostile})
    report["tags"] = {hostile: report["tags"]["t"]}
    report["mistakes"][0] |= {
        "id": hostile,
        "text": hostile,
        "language": hostile,
        "kind": hostile,
        "missing": [hostile],
        "problem": hostile,
        "history": [{"role": hostile, "content": hostile}],
        "got": [{"name": hostile, "arguments": {hostile: hostile}}],
    }
    page = render_report(report)
    check(page)
    page.encode("utf-8")
    assert "\x00" not in page


def test_a_report_without_cases(registry):
    check(render_report(json.loads(json.dumps(build_report([], registry.names))), "ja"))


def test_many_groups_are_folded(made):
    report = saved(made(40, 0.8))
    report["tags"] = {f"t{i}": report["languages"]["ja"] for i in range(30)}
    assert check(render_report(report)).tags.count("details") == 1


@pytest.mark.parametrize("prefix", ["c", "d"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_comparison(made, language, prefix):
    reports = [saved(made(60, 0.6)), saved(made(60, 0.9, prefix=prefix)), saved(made(60, 0.7))]
    for count in (2, 3):
        found = side_by_side(reports[:count], ["<a>", "b", "c"][:count])
        page = render_comparison(found, language)
        check(page)
        assert "&lt;a&gt;" in page
        assert ("C\u00a0−\u00a0A" in page) is (count == 3)
        assert "{" not in page.partition("</style>")[2]


def test_nothing_in_a_comparison_becomes_markup(made):
    hostile = '"><script>alert(1)</script>'
    about = {"cases": hostile, "resolver": hostile, "run": hostile}
    report = saved(made(20, 0.7), about=about)
    report["functions"][hostile] = report["functions"].pop("weather_info")
    page = render_comparison(side_by_side([report, report], [hostile, hostile]))
    check(page)


def test_calls_of_a_language_model_are_shown_where_there_were_any(judged):
    assert "Share asked" not in render_report(saved(judged))
    page = render_report(saved(judged, llm_calls=1))
    check(page)
    assert "25.0 %" in page
    assert "75.0 %" in page


def test_escape():
    assert escape("<&\"'\x07\ud800") == "&lt;&amp;&quot;&#x27;��"
    assert escape(3) == "3"


def test_both_languages_have_all_words():
    assert all(ja and en for ja, en in SENTENCES.values())
    for ja, en in SENTENCES.values():
        assert ja.count("{") == en.count("{")
