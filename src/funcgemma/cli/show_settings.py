"""`funcgemma settings`: each setting, its value, and where it comes from."""

from typing import Any

import click

from funcgemma.cli.console import print_json
from funcgemma.cli.settings import SECRETS, config_path, load_settings, names
from funcgemma.training.corrections import CORRECTIONS


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(as_json: bool) -> None:
    """Show each setting and where it comes from."""
    settings = load_settings()
    values = {name: _shown(name, getattr(settings, name)) for name in names()}
    if as_json:
        print_json(
            {name: {"value": v, "origin": settings.origins[name]} for name, v in values.items()}
        )
        return
    click.echo(f"# {config_path()}   (flags > FUNCGEMMA_* > this file > defaults)")
    for name, value in values.items():
        click.echo(f"{name:<20} {value!r:<24} {settings.origins[name]}")
    click.echo(f"{'data folder':<20} {str(settings.data_path)!r}")
    click.echo(f"{'corrections':<20} {str(settings.data_path / CORRECTIONS)!r}")


def _shown(name: str, value: Any) -> Any:
    """The value, but for secrets, which end up in terminals and bug reports."""
    return "***" if name in SECRETS and value else value
