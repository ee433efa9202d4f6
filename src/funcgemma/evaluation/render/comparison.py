"""The page of reports side by side."""

from collections.abc import Mapping
from typing import Any

from funcgemma.evaluation.render.page import escape, page, percent, section
from funcgemma.evaluation.render.plots import difference_bar
from funcgemma.evaluation.render.tables import bounds_text, table
from funcgemma.evaluation.render.words import Say, words
from funcgemma.evaluation.side_by_side import letter

Comparison = Mapping[str, Any]


def render_comparison(found: Comparison, language: str = "en") -> str:
    """What `side_by_side` found, as one HTML document."""
    say = words(language)
    note = "" if found["same_cases"] else say("other_cases")
    parts = [_head(found, say), section(say("side_by_side"), _figures(found, say), note=note)]
    for number, pair in enumerate(found["differences"], start=1):
        parts.append(_pair(pair, letter(number), say))
    return page(f"{say('comparison')} – FuncGemma", "\n".join(parts), language)


def _head(found: Comparison, say: Say) -> str:
    sides = "".join(
        _side(letter(number), column, say) for number, column in enumerate(found["columns"])
    )
    return (
        f'<header><p class="brand">FuncGemma</p><h1>{escape(say("comparison"))}</h1></header>'
        f'\n<div class="tiles">{sides}</div>'
    )


def _side(name: str, column: Mapping[str, Any], say: Say) -> str:
    about = column["about"]
    facts = [str(about[key]) for key in ("cases", "version") if about.get(key)]
    facts.append(f"{column['cases']} {say('cases_unit')}")
    return (
        f'<div class="tile"><p>{name}</p><p class="file">{escape(column["name"])}</p>'
        f"<p>{escape(column['configuration'])}</p>"
        f'<p class="small">{escape(" · ".join(facts))}</p></div>'
    )


def _figures(found: Comparison, say: Say) -> str:
    rows = [
        (_label(row, say), *(_figure(row, figure) for figure in row["figures"]))
        for row in found["rows"]
        if any(figure["value"] is not None for figure in row["figures"])
    ]
    names = [letter(number) for number in range(len(found["columns"]))]
    return table((escape(say("rate")), *names), rows, "figures")


def _label(row: Mapping[str, Any], say: Say) -> str:
    name = row["name"]
    if row["group"] in ("recall", "precision"):
        return f"{escape(say(row['group']))} <code>{escape(name)}</code>"
    if row["group"] == "latency":
        return f"{escape(say('latency'))} {escape(name)}"
    return escape(say(name))


def _figure(row: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    value = figure["value"]
    if value is None:
        return "–"
    if row["group"] == "latency":
        return f"<b>{value:.2f}</b> ms"
    if row["name"] == "llm_calls":
        return f"<b>{value}</b>"
    return f"<b>{percent(value)}</b> <small>{bounds_text(figure['interval'])}</small>"


def _pair(pair: Comparison, name: str, say: Say) -> str:
    """The differences of one report from the first."""
    note = say("paired" if pair["paired"] else "unpaired").format(
        count=pair["a"]["cases"], a="A", b=name
    )
    if pair["changed"]:
        note += say("changed").format(count=pair["changed"])
    title = f"{say('difference')} {name}\u00a0−\u00a0A"
    return section(title, _rates(pair, name, say), *_flips(pair, name, say), note=note)


def _flips(pair: Comparison, name: str, say: Say) -> list[str]:
    if pair["flips"] is None:
        return []
    rows = [
        (escape(say("right_only").format(name=side)), str(pair["flips"][key]))
        for key, side in (("only_a", "A"), ("only_b", name))
    ]
    return [table((escape(say("flips")), escape(say("cases"))), rows, "small")]


def _rates(pair: Comparison, name: str, say: Say) -> str:
    known = {rate: r for rate, r in pair["rates"].items() if r["interval"] is not None}
    reach = max((abs(v) for r in known.values() for v in r["interval"]), default=0.0)
    rows = [_row(rate, r, reach, name, say) for rate, r in known.items()]
    header = (escape(say("rate")), "A", name, f"{name}\u00a0−\u00a0A", "")
    return table(header, rows, "bars differences")


def _row(name: str, rate: Mapping[str, Any], reach: float, other: str, say: Say) -> tuple[str, ...]:
    def shown(value: float) -> str:
        return f"{value:.3f}" if name == "brier" else percent(value)

    low, high = rate["interval"]
    if name == "brier":
        difference, small = f"{rate['difference']:+.3f}", f"{low:+.3f} … {high:+.3f}"
    else:
        difference = f"{100 * rate['difference']:+.1f}"
        small = f"{100 * low:+.1f} … {100 * high:+.1f}"
    verdict = rate["verdict"]
    said = say(verdict).format(b=other)
    return (
        f'{escape(say(name))} <small class="{verdict}">{escape(said)}</small>',
        shown(rate["a"]),
        shown(rate["b"]),
        f"<b>{difference}</b> <small>{small}</small>",
        difference_bar(rate["difference"], (low, high), reach, verdict),
    )
