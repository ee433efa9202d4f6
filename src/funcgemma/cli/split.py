"""`funcgemma split`: cases into training, validation and test, for fine-tuning and comparison."""

from pathlib import Path
from typing import Any

import click

from funcgemma.cli.console import say
from funcgemma.cli.inputs import input_hashes, read_inputs
from funcgemma.cli.settings import load_settings
from funcgemma.cli.tables import show_table
from funcgemma.data.examples import example_cases
from funcgemma.data.labels import count_labels
from funcgemma.data.leaks import leak_report
from funcgemma.data.run_folder import build_manifest, check_run, write_run
from funcgemma.data.split import PARTS, Plan, Split, split_cases
from funcgemma.functions.plugins import known_functions

FOLDER = Path("data/finetune")


def read_shares(context: click.Context, option: click.Parameter, text: str) -> tuple[float, ...]:
    """`0.8,0.1,0.1` as three shares.

    Raises:
        click.BadParameter: They are not three shares that make up the whole.
    """
    try:
        shares = tuple(float(part) for part in text.split(","))
    except ValueError:
        shares = ()
    right = len(shares) == len(PARTS) and all(share >= 0 for share in shares)
    if not right or shares[0] == 0 or abs(sum(shares) - 1) > 1e-6:
        raise click.BadParameter(
            f"{text!r} is not train,validation,test with the sum 1, such as 0.8,0.1,0.1"
        )
    return shares


@click.command("split")
@click.option("--run-id", type=click.IntRange(min=0), required=True, help="N of run_N.")
@click.option("--seed", type=int, required=True, help="Decides which writers go where.")
@click.option("--balance", is_flag=True, help="As many cases of each function as of the rarest.")
@click.option(
    "--target-count",
    type=click.IntRange(min=1),
    help="At most so many cases of each function, and of no_function, over all parts.",
)
@click.option(
    "--cases",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A case file (.jsonl) or corpus file (.txt), beside the functions' own examples; default: "
    "the corpus.",
)
@click.option(
    "--shares",
    callback=read_shares,
    default="0.8,0.1,0.1",
    show_default=True,
    help="Of train, validation and test.",
)
@click.option("--keep-near-duplicates", is_flag=True, help="Only report them.")
@click.option(
    "--functions", type=click.Path(path_type=Path), help="Functions: a .py or a .json file."
)
@click.option("--force", is_flag=True, help="Write over the files of an existing run.")
def command(
    run_id: int,
    seed: int,
    balance: bool,
    target_count: int | None,
    files: tuple[Path, ...],
    shares: tuple[float, float, float],
    keep_near_duplicates: bool,
    functions: Path | None,
    force: bool,
) -> None:
    """Part cases into train, validation and test under data/finetune/run_N/.

    No writer stands in two parts, and what was generated from a case stays with it.
    docs/data.md says what else is kept apart.
    """
    folder = FOLDER / f"run_{run_id}"
    check_run(folder, force=force)
    settings, registry = load_settings(), known_functions(functions)
    cases = read_inputs(files, settings, registry)
    if files:
        cases = (*cases, *example_cases(registry))
    plan = Plan(seed, shares, balance, target_count, keep_near_duplicates)
    split = split_cases(cases, plan)
    leaks = leak_report(split.parts)
    manifest = build_manifest(cases, split, plan, input_hashes(files, settings))
    write_run(folder, split, manifest, leaks)
    _show(split, leaks)
    say(f"Wrote {folder}")


def _show(split: Split, leaks: dict[str, Any]) -> None:
    counts = [count_labels(split.parts[name]) for name in PARTS]
    labels = sorted({label for count in counts for label in count})
    rows = [[label, *(str(count.get(label, 0)) for count in counts)] for label in labels]
    rows.append(["together", *(str(len(split.parts[name])) for name in PARTS)])
    show_table("Cases", ["", *PARTS], rows)
    click.echo(f"Grouped by {split.grouped_by}. Shared between parts:")
    for name, count in leaks["counts"].items():
        click.echo(f"  {name:<16} {count}")
    if split.left_out:
        say(f"{len(split.left_out)} near-duplicates of other parts went to left_out.jsonl")
