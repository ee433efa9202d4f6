"""`funcgemma functions`: list, show and create functions."""

from pathlib import Path

import click

from funcgemma.cli.console import print_json
from funcgemma.functions.plugins import known_functions

FUNCTIONS = click.option(
    "--functions", "path", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)


@click.group("functions", invoke_without_command=True)
@FUNCTIONS
@click.pass_context
def command(context: click.Context, path: Path | None) -> None:
    """List, show and create functions."""
    context.obj = path
    if context.invoked_subcommand is None:
        context.invoke(list_functions)


@command.command("list")
@FUNCTIONS
@click.pass_obj
def list_functions(above: Path | None, path: Path | None) -> None:
    """All functions, a line each."""
    for definition in known_functions(path or above):
        arguments = ", ".join(
            name if name in definition.required else f"[{name}]" for name in definition.properties
        )
        click.echo(f"{definition.name}({arguments})")
        click.echo(f"    {definition.description}")


@command.command("show")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@FUNCTIONS
@click.pass_obj
def show(above: Path | None, names: tuple[str, ...], path: Path | None) -> None:
    """The schema of one function as JSON; of several, a list that --functions can read."""
    registry = known_functions(path or above)
    schemas = [registry.get(name).schema for name in dict.fromkeys(names)]
    print_json(schemas[0] if len(names) == 1 else schemas)


@command.command("new")
@click.argument("name")
@click.option(
    "--output", type=click.Path(path_type=Path), help="The folder; default: the current one."
)
@click.pass_obj
def new(above: Path | None, name: str, output: Path | None) -> None:
    """Write a working skeleton NAME.py with examples, and a test for it."""
    from funcgemma.functions.skeleton import write_skeleton

    for file in write_skeleton(name, output or Path(), known_functions(above).names):
        click.echo(f"wrote {file}")
    click.echo(
        f"next: funcgemma train --functions {name}.py && funcgemma chat --functions {name}.py"
    )
