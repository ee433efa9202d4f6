"""The page of two reports side by side."""

from collections.abc import Mapping
from typing import Any

from funcgemma.evaluation.render.page import escape, page, percent, section
from funcgemma.evaluation.render.plots import difference_bar
from funcgemma.evaluation.render.tables import table
from funcgemma.evaluation.render.words import Say, words

Comparison = Mapping[str, Any]


def render_comparison(found: Comparison, language: str = "en") -> str:
    """What `compare_reports` found, as one HTML document."""
    say = words(language)
    note = say("paired" if found["paired"] else "unpaired").format(count=found["a"]["cases"])
    if found["changed"]:
        note += say("changed").format(count=found["changed"])
    parts = [_head(found, say), section(say("overview"), _rates(found, say), note=note)]
    if found["flips"] is not None:
        rows = [(escape(say(name)), str(count)) for name, count in found["flips"].items()]
        shown = table((escape(say("call_accuracy")), escape(say("cases"))), rows, "small")
        parts.append(section(say("flips"), shown))
    return page(f"{say('comparison')} – FuncGemma", "\n".join(parts), language)


def _head(found: Comparison, say: Say) -> str:
    sides = "".join(_side(side, found[side.lower()], say) for side in ("A", "B"))
    return (
        f'<header><p class="brand">FuncGemma</p><h1>{escape(say("comparison"))}</h1></header>'
        f'\n<div class="tiles">{sides}</div>'
    )


def _side(letter: str, side: Mapping[str, Any], say: Say) -> str:
    about = side["about"]
    facts = [str(about[key]) for key in ("cases", "resolver", "version") if about.get(key)]
    facts.append(f"{side['cases']} {say('cases_unit')}")
    return (
        f'<div class="tile"><p>{letter}</p><p class="file">{escape(side["name"])}</p>'
        f'<p class="small">{escape(" · ".join(facts))}</p></div>'
    )


def _rates(found: Comparison, say: Say) -> str:
    known = {name: r for name, r in found["rates"].items() if r["interval"] is not None}
    reach = max((abs(v) for r in known.values() for v in r["interval"]), default=0.0)
    rows = [_row(name, rate, reach, say) for name, rate in known.items()]
    header = (escape(say("rate")), "A", "B", escape(say("difference")), "")
    return table(header, rows, "bars differences")


def _row(name: str, rate: Mapping[str, Any], reach: float, say: Say) -> tuple[str, ...]:
    def shown(value: float) -> str:
        return f"{value:.3f}" if name == "brier" else percent(value)

    low, high = rate["interval"]
    if name == "brier":
        difference, small = f"{rate['difference']:+.3f}", f"{low:+.3f} … {high:+.3f}"
    else:
        difference = f"{100 * rate['difference']:+.1f}"
        small = f"{100 * low:+.1f} … {100 * high:+.1f}"
    verdict = rate["verdict"]
    return (
        f'{escape(say(name))} <small class="{verdict}">{escape(say(verdict))}</small>',
        shown(rate["a"]),
        shown(rate["b"]),
        f"<b>{difference}</b> <small>{small}</small>",
        difference_bar(rate["difference"], (low, high), reach, verdict),
    )
