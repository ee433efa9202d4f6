"""Show decisions to people."""

import click

from funcgemma.records import Decision, Mention

WORDS = {
    "ja": {
        "none": "呼び出す関数はありません",
        "missing": "足りない引数",
        "sure": "確信度",
        "stage": "判定",
    },
    "en": {
        "none": "no function is asked for",
        "missing": "missing",
        "sure": "confidence",
        "stage": "decided by",
    },
}


def show_decision(decision: Decision, text: str, language: str) -> None:
    """Print a decision, a line a call and a line an argument."""
    words = WORDS[language]
    if not decision.calls:
        click.echo(words["none"])
    for index, call in enumerate(decision.calls):
        click.echo(f"{call.name}")
        for name, value in call.arguments.items():
            click.echo(f"  {name} = {value}{_source(decision.mentions, f'{index}.{name}', text)}")
    if decision.missing:
        click.echo(f"{words['missing']}: {', '.join(decision.missing)}")
    sure = f"{words['sure']} {decision.confidence:.2f}"
    click.echo(f"{sure} · {words['stage']} {decision.stage} · {decision.latency_ms:.2f} ms")
    _show_trace(decision)


def _source(mentions: tuple[Mention, ...], argument: str, text: str) -> str:
    """The words a value was read from, where they differ from it."""
    for mention in mentions:
        if mention.argument == argument and mention.text != str(mention.value):
            return f"   ← {mention.text}"
    return ""


def _show_trace(decision: Decision) -> None:
    trace = decision.trace
    if trace is None:
        return
    if trace.gate_score is not None:
        click.echo(f"gate {trace.gate_score:+.3f}: {_features(trace.gate_features)}")
    if trace.function_scores:
        click.echo("functions: " + ", ".join(f"{n} {p:.2f}" for n, p in trace.function_scores[:4]))
        click.echo("because: " + _features(trace.function_features))
    for note in trace.notes:
        click.echo(note)


def _features(pairs: tuple[tuple[str, float], ...]) -> str:
    return "  ".join(f"{name!r} {weight:+.2f}" for name, weight in pairs)
