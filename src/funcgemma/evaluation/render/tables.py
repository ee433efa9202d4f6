"""Tables of a report."""

from collections.abc import Mapping, Sequence
from typing import Any

from funcgemma.evaluation.render.page import escape, percent
from funcgemma.evaluation.render.plots import bar
from funcgemma.evaluation.render.words import Say

GROUP_RATES = ("function_accuracy", "call_accuracy", "false_action_rate")
FEW_GROUPS = 24
"""A longer table is folded away."""


def table(header: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    """A table of ready cells; the first column holds names, the others numbers or bars."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    body = "\n".join(
        "<tr>"
        + f'<th scope="row">{row[0]}</th>'
        + "".join(f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table class="{kind}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def bounds_text(bounds: Sequence[float] | None, scale: float = 100) -> str:
    """An interval in small print."""
    if bounds is None:
        return ""
    digits = 1 if scale > 1 else 3
    return f"{scale * bounds[0]:.{digits}f}–{scale * bounds[1]:.{digits}f}"


def rates_table(report: Mapping[str, Any], say: Say) -> str:
    """The main rates with their intervals."""
    bounds = report["intervals"]["rates"]
    wrong = {
        "false_action_rate" + ("" if kind == "overall" else f"_{kind}"): found["rate"]
        for kind, found in report["false_actions"].items()
    }
    rows = []
    for name, rate in {**report["summary"], **wrong}.items():
        if rate is None:
            continue
        bad = name in wrong
        label = escape(say(name)) + (f" <small>{escape(say('lower'))}</small>" if bad else "")
        shown = f"<b>{percent(rate)}</b> <small>{bounds_text(bounds[name])}</small>"
        rows.append((label, shown, bar(rate, bounds[name], bad=bad)))
    return table((escape(say("rate")), f"{escape(say('value'))} (95\u00a0%)", ""), rows, "bars")


def functions_table(functions: Mapping[str, Mapping[str, Any]], say: Say) -> str:
    """F1 bars with intervals, precision, recall and support."""
    rows = [
        (
            f"<code>{escape(name)}</code>",
            f"<b>{percent(rates['f1'])}</b> <small>{bounds_text(rates['intervals']['f1'])}</small>",
            bar(rates["f1"], rates["intervals"]["f1"]),
            percent(rates["precision"]),
            percent(rates["recall"]),
            str(rates["count"]),
        )
        for name, rates in functions.items()
    ]
    names = [escape(say(key)) for key in ("precision", "recall", "calls")]
    return table((escape(say("function")), "F1 (95\u00a0%)", "", *names), rows, "bars")


def confusion_table(confusion: Mapping[str, Any], say: Say) -> str:
    """The confusion matrix as a heat table: the darker, the larger its share of the row."""
    labels = [escape(label) for label in confusion["labels"]]
    head = "".join(f'<th scope="col"><span>{label}</span></th>' for label in labels)
    lines = []
    for i, counts in enumerate(confusion["counts"]):
        cells = "".join(_heat(count, sum(counts), i == j) for j, count in enumerate(counts))
        lines.append(f'<tr><th scope="row">{labels[i]}</th>{cells}</tr>')
    corner = f"{escape(say('wanted'))} ↓ / {escape(say('decided'))} →"
    return (
        f'<div class="scroll" tabindex="0"><table class="heat">\n<thead><tr><td>{corner}</td>'
        f"{head}</tr></thead>\n<tbody>\n" + "\n".join(lines) + "\n</tbody>\n</table></div>"
    )


def _heat(count: int, whole: int, diagonal: bool) -> str:
    if not count:
        return '<td class="nil">·</td>'
    shade = "hit" if diagonal else "miss"
    return f'<td class="{shade}" style="--heat:{0.08 + 0.5 * count / whole:.3f}">{count}</td>'


def groups_table(groups: Mapping[str, Mapping[str, Any]], title: str, say: Say) -> str:
    """Function and call accuracy and false actions of each group, the largest first."""
    ordered = sorted(groups.items(), key=lambda item: (-item[1]["cases"], item[0]))
    rows = [
        (
            escape(name),
            str(group["cases"]),
            percent(group["function_accuracy"]),
            f"<b>{percent(group['call_accuracy'])}</b>",
            bar(group["call_accuracy"]),
            percent(group["false_action_rate"]),
        )
        for name, group in ordered
    ]
    header = ["", *(escape(say(key)) for key in ("cases", "function", "call")), ""]
    shown = table((*header, escape(say("false_action_rate"))), rows, "bars groups")
    if len(rows) <= FEW_GROUPS:
        return f"<h2>{escape(title)}</h2>\n{shown}"
    return f"<details><summary>{escape(title)} ({len(rows)})</summary>\n{shown}\n</details>"


def suite_table(suite: Mapping[str, Any], say: Say) -> str:
    """What the gate alone and the whole router make of each category."""
    rates = ("gate_alone", "gate", "function", "call")
    rows = [(name, scores) for name, scores in suite["categories"].items()]
    rows.append((say("overall"), suite["overall"]))
    cells = [
        (escape(name), str(scores["cases"]), *(percent(scores[rate]) for rate in rates))
        for name, scores in rows
    ]
    header = ("", *(escape(say(key)) for key in ("cases", *rates)))
    return table(header, cells, "suite")
