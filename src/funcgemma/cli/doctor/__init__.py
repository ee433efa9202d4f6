"""`funcgemma doctor`: what works, what is used, what is missing, and what to do about it."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from funcgemma.cli.console import print_json
from funcgemma.cli.doctor.findings import Finding, exit_code
from funcgemma.cli.settings import Settings, load_settings


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(as_json: bool) -> int:
    """Look at the program, the language models and the memory; nothing is changed.

    Exit codes: 0 the program works (language models are optional); 1 something that the settings
    ask for does not work; 3 the program itself cannot work.
    """
    settings = load_settings()
    findings, resolver = examine(settings)
    code = exit_code(findings)
    if as_json:
        rows = [asdict(finding) for finding in findings]
        print_json({"exit_code": code, "resolver": resolver or None, "findings": rows})
    else:
        from funcgemma.cli.doctor.show import show_findings

        show_findings(findings)
    return code


def examine(settings: Settings) -> tuple[Sequence[Finding], str]:
    """Everything that is found, and the resolver that would be used now ("" = none can be)."""
    from funcgemma.cli.doctor.libraries import look_at_libraries
    from funcgemma.cli.doctor.program import look_at_program

    findings = [*look_at_libraries()]
    if exit_code(findings):  # what builds on a missing library would only say so once more
        return findings, ""
    findings = [*look_at_program(settings), *findings]
    more, resolver = _language_models(settings)
    return [*findings, *more], resolver


def _language_models(settings: Settings) -> tuple[list[Finding], str]:
    from funcgemma.backends.machine import machine_memory
    from funcgemma.backends.ollama.server import OllamaServer
    from funcgemma.backends.remote.http import QUICK_SECONDS
    from funcgemma.cli.doctor.in_use import look_at_use, resolver_in_use
    from funcgemma.cli.doctor.memory import look_at_memory
    from funcgemma.cli.doctor.models import look_at_models, models_of

    server = OllamaServer(settings.ollama_url, timeout=QUICK_SECONDS)
    try:
        health = look_at_models(settings, server)
        there = [model for model in models_of(settings) if health.errors[model.role] is None]
        memory = look_at_memory(there, settings.num_ctx, server, machine_memory())
    finally:
        server.close()
    use = look_at_use(settings, health.errors)
    return [*health.findings, *memory, *use], resolver_in_use(settings, health.errors)
