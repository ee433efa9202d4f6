"""`funcgemma export`: a fine-tuned model for transformers, llama.cpp or Ollama."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from funcgemma.cli.console import progress, say
from funcgemma.cli.resolvers import checkpoint_option
from funcgemma.cli.settings import load_settings
from funcgemma.cli.tuned import find_tuned
from funcgemma.errors import BackendError

if TYPE_CHECKING:
    from funcgemma.finetune.export.check import Agreement
    from funcgemma.finetune.export.export import Exported
    from funcgemma.finetune.export.order import Order

FORMATS = ("merged", "gguf", "ollama")
CHECKED = 8


@click.command("export")
@click.option("--run-id", type=click.IntRange(min=0), required=True, help="N of run_N.")
@checkpoint_option
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), required=True, help="Who will run the model."
)
@click.option(
    "--dtype",
    type=click.Choice(("f32", "bf16", "f16", "q8_0")),
    help="Numbers of the weights. merged: f32 (default), bf16; gguf and ollama: f16 (default), "
    "q8_0, f32; adapters: f32 (default), f16.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Default: data/exports/run_N/….")
@click.option("--adapter-only", is_flag=True, help="The LoRA adapter alone, for llama.cpp.")
@click.option("--with-base", is_flag=True, help="With --adapter-only: the untuned model as well.")
@click.option("--base", default="", help="Where the tuned model's base stands now.")
@click.option(
    "--check",
    type=click.IntRange(min=0),
    default=CHECKED,
    show_default=True,
    help="Compare the output on so many prompts with that of the tuned model; 0 = not at all.",
)
@click.option("--name", default="", help="Of the model in Ollama; default: functiongemma-run_N:K.")
@click.option("--no-create", is_flag=True, help="Write Ollama's folder only.")
@click.option("--tools", is_flag=True, help="Ollama's own renderer and parser, for other clients.")
def command(
    run_id: int,
    checkpoint: str,
    kind: str,
    dtype: str | None,
    output: Path | None,
    adapter_only: bool,
    with_base: bool,
    base: str,
    check: int,
    name: str,
    no_create: bool,
    tools: bool,
) -> int:
    """Write a fine-tuned model as other programs take it.

    merged is a folder of transformers, gguf a file for llama.cpp, ollama a folder with a
    Modelfile, from which the model is created where Ollama runs. Nothing is downloaded.
    """
    from funcgemma.finetune.export.export import default_folder, export
    from funcgemma.finetune.export.order import Format, Order
    from funcgemma.finetune.export.source import open_source

    source = open_source(find_tuned(run_id, checkpoint).folder, base)
    order = Order(cast(Format, kind), dtype or "", adapter_only, with_base, check, tools)
    target = output or default_folder(source, order)
    with progress(f"Exporting {source.name}") as update:
        made = export(source, order, target, lambda step: update(None, step))
    say(f"Wrote {target}")
    _show(made.agreement)
    if kind == "ollama":
        _create(made, name, no_create)
    else:
        click.echo(f"Use it: {_use(made, order, run_id)}")
    return 1 if made.agreement.poor else 0


def _show(agreement: "Agreement") -> None:
    if agreement.skipped:
        say(f"Its output was not compared with the tuned model's: {agreement.skipped}")
        return
    said = f"{agreement.equal} of {agreement.checked} answers are the tuned model's"
    click.echo(f"Greedy output, by {agreement.runtime}: {said}")
    for other in agreement.differences:
        say(f"  {other.case}: {other.export!r} instead of {other.tuned!r}")
    if agreement.poor:
        say("  → the export does not do what the tuned model does: try --dtype f32, or report it")


def _use(made: "Exported", order: "Order", run_id: int) -> str:
    """The command that asks the export."""
    folder = made.folder
    if order.kind == "merged":
        backend = f"transformers:{folder}"
    else:
        file = made.manifest["model"]["file"]
        backend = f"llamacpp:{folder / file if file else 'BASE.gguf'}"
    adapter = ""
    if order.kind == "adapter":
        path = folder / made.manifest["model"]["adapter"]
        adapter = f"FUNCGEMMA_ADAPTER={shlex.quote(str(path))} "
    asked = f"--run-id {run_id} --checkpoint {made.manifest['step']}"
    return f"{adapter}funcgemma route TEXT {asked} --backend {shlex.quote(backend)}"


def _create(made: "Exported", name: str, no_create: bool) -> None:
    """Create the model where Ollama runs; else say how.

    Raises:
        BackendError: Ollama runs, but could not.
    """
    from funcgemma.finetune.export.ollama import (
        create_in_ollama,
        line_to_type,
        model_name,
        recipe_of,
    )

    model = name or model_name(str(made.manifest["run"]))
    line = f"Create it in Ollama: {line_to_type(made.folder, model)}"
    if no_create:
        click.echo(line)
        return
    url = load_settings().ollama_url
    try:
        with progress(f"Creating {model} in Ollama") as update:
            create_in_ollama(
                made.folder, recipe_of(made.manifest), model, url, lambda step: update(None, step)
            )
    except BackendError as error:
        click.echo(line)
        if error.reason != "not_running":
            raise
        say(f"  (no Ollama runs at {url})")
        return
    run, step = str(made.manifest["run"]).partition("/")[0], made.manifest["step"]
    asked = f"--run-id {run.removeprefix('run_')} --checkpoint {step}"
    click.echo(f"Use it: funcgemma route TEXT {asked} --backend ollama:{model}")
