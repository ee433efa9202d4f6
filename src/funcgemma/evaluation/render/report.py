"""The page of one report."""

from collections.abc import Mapping
from typing import Any

from funcgemma.evaluation.render.mistakes import mistakes_list
from funcgemma.evaluation.render.page import escape, page, percent, section
from funcgemma.evaluation.render.plots import reliability
from funcgemma.evaluation.render.tables import (
    bounds_text,
    confusion_table,
    functions_table,
    groups_table,
    rates_table,
    suite_table,
    table,
)
from funcgemma.evaluation.render.words import Say, words

TILES = ("function_accuracy", "call_accuracy", "false_action_rate", "brier")
GROUPS = ("tags", "writers", "categories", "languages")

Report = Mapping[str, Any]


def render_report(report: Report, language: str = "en") -> str:
    """The whole report as one HTML document.

    Args:
        report: What `build_report` made, perhaps saved and read again.
        language: The language of the page's own words: ja or en.
    """
    say = words(language)
    parts = [
        _head(report, say),
        section(say("overview"), rates_table(report, say), note=_resampling(report, say)),
        *([_suite(report, say)] if "suite" in report else []),
        section(say("functions"), functions_table(report["functions"], say)),
        section(
            say("confusion"),
            confusion_table(report["confusion"], say),
            note=say("confusion_note"),
        ),
        _reliability(report, say),
        *_groups(report, say),
        section(say("speed"), _speed(report, say)),
        section(say("mistakes"), mistakes_list(report["mistakes"], say), note=say("mistakes_note")),
    ]
    return page(f"{say('title')} – FuncGemma", "\n".join(parts), language)


def _head(report: Report, say: Say) -> str:
    about = report["about"]
    facts = {
        "source": about.get("cases"),
        "resolver": about.get("resolver"),
        "language_model": about.get("language_model"),
        "run": about.get("run"),
        "version": about.get("version"),
        "training_cases": about.get("training_cases"),
        "training_data": about.get("training_data"),
    }
    shown = "".join(
        f"<div><dt>{escape(say(name))}</dt><dd>{escape(value)}</dd></div>"
        for name, value in {"cases": report["cases"], **facts}.items()
        if value is not None
    )
    tiles = "".join(_tile(report, name, say) for name in TILES)
    return (
        f'<header><p class="brand">FuncGemma</p><h1>{escape(say("title"))}</h1>'
        f'<dl class="facts">{shown}</dl></header>\n<div class="tiles">{tiles}</div>'
    )


def _tile(report: Report, name: str, say: Say) -> str:
    bounds = report["intervals"]["rates"][name]
    if name == "brier":
        value, small = report["brier"], bounds_text(bounds, 1)
        shown = "–" if value is None else f"{value:.3f}"
    else:
        wrong = report["false_actions"]["overall"]["rate"]
        shown = percent(wrong if name == "false_action_rate" else report["summary"][name])
        small = bounds_text(bounds)
    return (
        f'<div class="tile"><p>{escape(say(name))}</p><p class="big">{shown}</p>'
        f'<p class="small">{small}</p></div>'
    )


def _resampling(report: Report, say: Say) -> str:
    how = report["intervals"]
    unit = say(f"unit_{how['resampled']}")
    return say("overview_note").format(unit=unit, resamples=how["resamples"], groups=how["groups"])


def _suite(report: Report, say: Say) -> str:
    suite = report["suite"]
    return section(f"{say('suite')}: {suite['name']}", suite_table(suite, say))


def _reliability(report: Report, say: Say) -> str:
    found = report["calibration"]
    numbers = "".join(
        f"<div><dt>{escape(say(name))}</dt><dd>{found[name]:.4f}</dd></div>"
        for name in ("brier", "ece", "ece_debiased")
        if found[name] is not None
    )
    plot = f'<figure>{reliability(found["bins"], say)}</figure><dl class="facts">{numbers}</dl>'
    return section(say("reliability"), plot, note=say("reliability_note"))


def _groups(report: Report, say: Say) -> list[str]:
    """A section for each way of grouping that parts the cases."""
    shown = []
    for name in GROUPS:
        groups = report[name]
        if len(groups) > 1 or (name == "tags" and groups):
            shown.append(f"<section>{groups_table(groups, say(name), say)}</section>")
    return shown


def _speed(report: Report, say: Say) -> str:
    times = [
        (name, "–" if ms is None else f"{ms:.2f} ms") for name, ms in report["latency_ms"].items()
    ]
    stages = [(escape(name), str(count)) for name, count in report["stages"].items()]
    if report["problems"]:
        stages.append((escape(say("problems")), str(report["problems"])))
    tables = [
        table(("", "ms"), times, "small"),
        table((escape(say("stage")), escape(say("cases"))), stages, "small"),
    ]
    if report.get("llm_calls"):
        tables.append(_llm_calls(report, say))
    return f'<div class="pair">{"".join(tables)}</div>'


def _llm_calls(report: Report, say: Say) -> str:
    """How often a language model was asked, and how often that was not needed."""
    asked = report["llm_calls"] / report["cases"]
    rows = [
        (escape(say("llm_share")), percent(asked)),
        (escape(say("llm_avoided")), percent(1 - asked)),
    ]
    header = (escape(say("llm_calls")), f"{report['llm_calls']} / {report['cases']}")
    return table(header, rows, "small")
