"""`funcgemma finetune`: tune FunctionGemma on a split, with adapters or whole.

Under `accelerate launch` every process runs this command; only the first one writes and speaks.
"""

import os
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from funcgemma.cli.about import enter
from funcgemma.cli.console import progress, say
from funcgemma.cli.settings import Settings, load_settings
from funcgemma.cli.split import FOLDER as SPLITS
from funcgemma.cli.tuning import (
    SHOWN_IDS,
    TuningWatch,
    catching_stops,
    ledger_record,
    show_outcome,
    show_prepared,
)
from funcgemma.functions.plugins import from_schemas, known_functions

if TYPE_CHECKING:
    from funcgemma.finetune.manifest import Manifest
    from funcgemma.finetune.plan import TuningPlan
    from funcgemma.finetune.run import Request

PLANNED = {
    "max_steps": "max_steps",
    "full": "method",
    "lora_rank": "lora_rank",
    "lora_alpha": "lora_alpha",
    "lora_dropout": "lora_dropout",
    "lr": "rate",
    "warmup_steps": "warmup",
    "batch_size": "batch",
    "gradient_accumulation": "accumulation",
    "max_length": "max_length",
    "seed": "seed",
    "save_steps": "save_steps",
    "validation_cases": "validation_cases",
    "patience": "patience",
    "gradient_checkpointing": "checkpointing",
}
"""Options that are part of the plan, and their names there."""

LOW_WATERMARK = 1.4
"""Where torch begins to give memory back on MPS, unless told otherwise."""


@click.command("finetune")
@click.option("--run-id", type=click.IntRange(min=0), required=True, help="N of run_N.")
@click.option(
    "--max-steps",
    type=click.IntRange(min=1),
    default=500,
    show_default=True,
    help="Steps in all, those before an interruption included.",
)
@click.option("--lora-rank", type=click.IntRange(min=1), default=16, show_default=True)
@click.option("--lora-alpha", type=click.IntRange(min=1), default=32, show_default=True)
@click.option(
    "--lora-dropout", type=click.FloatRange(0, 1, max_open=True), default=0.0, show_default=True
)
@click.option(
    "--lr",
    type=click.FloatRange(min=0, min_open=True),
    default=3e-5,
    show_default=True,
    help="Learning rate, constant after the warm-up.",
)
@click.option("--warmup-steps", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Examples computed together, on each device.",
)
@click.option(
    "--gradient-accumulation",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Batches that make up one step.",
)
@click.option(
    "--max-length",
    type=click.IntRange(min=1),
    help="Leave out examples with more tokens; default: what the data need and memory allows.",
)
@click.option(
    "--save-steps",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Validate and save after so many steps.",
)
@click.option(
    "--patience",
    type=click.IntRange(min=1),
    help="Stop after so many validations in a row without a better loss.",
)
@click.option(
    "--validation-cases",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    help="At most so many, spread over the file; 0 = all.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--full", is_flag=True, help="Train all weights instead of adapters.")
@click.option(
    "--gradient-checkpointing/--no-gradient-checkpointing",
    default=None,
    help="Compute activations twice to save memory; default: if memory asks for it.",
)
@click.option(
    "--compact/--no-compact",
    default=None,
    help="Declare functions in short; default: the setting compact_declarations.",
)
@click.option(
    "--base",
    help="The model to start from: a folder, or one downloaded from the hub; "
    "default: google/functiongemma-270m-it.",
)
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option(
    "--resume-from-checkpoint",
    "resume",
    metavar="DIR",
    help="Go on from a checkpoint, or from the `last` one of the run.",
)
@click.option("--force", is_flag=True, help="Delete the checkpoints of an earlier run.")
@click.option("--cpu", is_flag=True, help="Leave CUDA and MPS alone.")
@click.option(
    "--mps-watermark",
    type=click.FloatRange(min=0),
    help="How much memory MPS may take, as a share of what macOS recommends; 0 = without bound, "
    "and the machine may come to a standstill. Sets PYTORCH_MPS_HIGH_WATERMARK_RATIO; torch's "
    "own is 1.7.",
)
@click.option("--dry-run", is_flag=True, help="Count lengths, estimate memory, and end.")
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> int:
    """Tune FunctionGemma on data/finetune/run_N, into data/peft_adapters/run_N.

    The loss is that of the completions alone, after the very prompts that serving sends. Larger
    batches cost little more: their examples share the developer turn. What a resumed run is not
    told anew is as it was. Ctrl-C saves a checkpoint and says how to go on.

    Several GPUs: accelerate launch -m funcgemma finetune …
    """
    _bound_mps(given["mps_watermark"])
    from funcgemma.backends.installed import require

    require("finetune", "finetune", "torch", "transformers", "peft", "accelerate")
    request = _request(given, _named(ctx), load_settings())
    from funcgemma.finetune.checkpoint import clear_run, write_left_out
    from funcgemma.finetune.device import open_accelerator
    from funcgemma.finetune.run import prepare, tune

    accelerator = open_accelerator(cpu=given["cpu"])
    first = accelerator.is_main_process
    prepared = prepare(request, accelerator)
    if first:
        show_prepared(prepared, request)
    if given["dry_run"]:
        return 0
    if first:
        if request.resume is None:
            clear_run(request.run)
        written = write_left_out(request.run, prepared.left_out)
        if len(prepared.left_out) > SHOWN_IDS:
            say(f"All ids are in {written}")
    accelerator.wait_for_everyone()
    title = f"Tuning on {len(prepared.job.train)} examples ..."
    with catching_stops() as asked, progress(title) if first else nullcontext() as update:
        outcome = tune(prepared, accelerator, TuningWatch(prepared, asked, update))
    if first:
        show_outcome(outcome, prepared)
        if outcome.folder is not None:
            enter(ledger_record(outcome, prepared))
    return 130 if outcome.end == "stopped" else 0


def _named(ctx: click.Context) -> set[str]:
    """The options that stand on the command line, or in the environment."""
    default = click.core.ParameterSource.DEFAULT
    return {name for name in ctx.params if ctx.get_parameter_source(name) is not default}


def _request(given: Mapping[str, Any], named: set[str], settings: Settings) -> "Request":
    from funcgemma.finetune.base import DEFAULT_BASE, find_base
    from funcgemma.finetune.checkpoint import check_new, last_checkpoint, run_path
    from funcgemma.finetune.examples import PromptOptions
    from funcgemma.finetune.manifest import read_manifest
    from funcgemma.finetune.run import Request

    run, resume, old = run_path(given["run_id"]), None, None
    if given["resume"] is not None:
        resume = last_checkpoint(run) if given["resume"] == "last" else Path(given["resume"])
        old = read_manifest(resume)
    elif not given["force"] and not given["dry_run"]:
        check_new(run)
    base = given["base"] or (old.base["model"] if old else DEFAULT_BASE)
    registry = known_functions(given["functions"])
    if old and given["functions"] is None:
        registry = from_schemas(list(old.functions), str(resume))
    compact, num_ctx = settings.compact_declarations, settings.num_ctx
    if old:
        compact, num_ctx = old.prompt["compact"], old.prompt["num_ctx"]
    prompt = PromptOptions(compact if given["compact"] is None else given["compact"], num_ctx)
    data = SPLITS / run.name
    return Request(find_base(base), data, run, registry, prompt, _plan(given, named, old), resume)


def _plan(given: Mapping[str, Any], named: set[str], old: "Manifest | None") -> "TuningPlan":
    """The plan of the options; what is resumed keeps its own where they say nothing."""
    from funcgemma.finetune.plan import TuningPlan

    values = dict(given) | {
        "full": "full" if given["full"] else "lora",
        "max_length": given["max_length"] or 0,
        "patience": given["patience"] or 0,
    }
    if old is None:
        return TuningPlan(**{PLANNED[name]: values[name] for name in PLANNED})
    return replace(old.plan, **{PLANNED[name]: values[name] for name in PLANNED if name in named})


def _bound_mps(ratio: float | None) -> None:
    """Tell torch how much memory MPS may take; it looks when it is imported."""
    if ratio is None:
        return
    variables = {"PYTORCH_MPS_HIGH_WATERMARK_RATIO": ratio}
    if 0 < ratio < LOW_WATERMARK:  # the lower mark may not stand above the higher one
        variables["PYTORCH_MPS_LOW_WATERMARK_RATIO"] = ratio
    for name, value in variables.items():
        os.environ[name] = str(value)  # noqa: TID251 - torch can be told in no other way
