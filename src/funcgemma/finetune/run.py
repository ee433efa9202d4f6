"""From a split to a tuned model: read, count, estimate, train. Imports torch.

The steps are apart so that a command can show what it found before it starts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from funcgemma.backends.machine import gigabytes
from funcgemma.backends.transformers.model import is_memory
from funcgemma.data.cases import cases_hash, read_cases
from funcgemma.errors import BackendError, DataError, FuncGemmaError, TrainingError
from funcgemma.finetune.base import Base
from funcgemma.finetune.device import device_of
from funcgemma.finetune.encode import Encoded, Encoder, Lengths, encoder_of, measure, within
from funcgemma.finetune.estimate import Device, Fit, fit
from funcgemma.finetune.examples import PromptOptions, make_examples
from funcgemma.finetune.functions import schemas_of
from funcgemma.finetune.loop import Job, Outcome, Tuner, Watch
from funcgemma.finetune.manifest import Manifest, check_continues, read_manifest
from funcgemma.finetune.measures import Measures, read_measures
from funcgemma.finetune.network import load_tokenizer
from funcgemma.finetune.plan import TuningPlan
from funcgemma.functions.registry import FunctionRegistry
from funcgemma.records import Case

PARTS = ("train", "validation")
LIBRARIES = ("torch", "transformers", "peft", "accelerate")
TOO_LONG = "has more than {} tokens"
CHEAPER = "--compact, --gradient-checkpointing, a smaller --batch-size or --max-length"
"""What takes less memory."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    Attributes:
        base: The model to start from.
        data: The folder of a split.
        run: Where checkpoints go.
        registry: The functions.
        prompt: How prompts are rendered.
        plan: How to tune.
        resume: The checkpoint to go on from.
    """

    base: Base
    data: Path
    run: Path
    registry: FunctionRegistry
    prompt: PromptOptions
    plan: TuningPlan
    resume: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A run that is ready to start.

    Attributes:
        job: What will be done.
        lengths: In tokens, of all training examples that could be made.
        left_out: Id -> why, of the training cases that are not learned.
        unseen: Id -> why, of the validation cases that cannot be looked at.
        fit: What memory allows.
        measures: Of the model.
        device: Where it will run.
    """

    job: Job
    lengths: Mapping[str, Lengths]
    left_out: Mapping[str, str]
    unseen: Mapping[str, str]
    fit: Fit
    measures: Measures
    device: Device


def prepare(request: Request, accelerator: Any) -> Prepared:
    """Read the cases, make examples, count their tokens, and see what memory allows.

    Raises:
        DataError: The split is missing or wrong.
        TrainingError: No example is left.
        ArtefactError: The checkpoint to go on from was begun with something else.
        BackendError: The base cannot be loaded, or memory is too small.
    """
    cases = {part: _read(request.data / f"{part}.jsonl", part) for part in PARTS}
    manifest = _begun(_manifest(request, cases), request.resume)
    encoder = encoder_of(load_tokenizer(request.base))
    train, left_out = _encoded(cases["train"], request, encoder)
    if not train:
        raise TrainingError("no case can be learned", "do the functions fit the split?")
    device, measures = device_of(accelerator), read_measures(request.base.folder)
    found = fit(measures, request.plan, device, measure(train))
    most = request.plan.max_length or found.length
    kept, over = within(train, most)
    if not kept:
        raise _nothing_fits(min(map(len, train)), request, found)
    left_out |= dict.fromkeys(over, TOO_LONG.format(most))
    looked_at, unseen = _encoded(cases["validation"], request, encoder)
    looked_at, over = within(looked_at, most)
    unseen |= dict.fromkeys(over, TOO_LONG.format(most))
    looked_at = _spread(looked_at, request.plan.validation_cases)
    manifest = replace(
        manifest,
        plan=replace(found.plan, max_length=most),
        data=_used(manifest.data, train=len(kept), validation=len(looked_at)),
    )
    job = Job(request.base, request.run, manifest, kept, looked_at, request.resume)
    return Prepared(job, measure(train), left_out, unseen, found, measures, device)


def _used(data: Mapping[str, Any], **used: int) -> dict[str, Any]:
    """The data of a manifest, with how many cases of each part are used."""
    return dict(data) | {part: {**data[part], "used": count} for part, count in used.items()}


def _nothing_fits(shortest: int, request: Request, found: Fit) -> FuncGemmaError:
    most = request.plan.max_length
    if most:
        return TrainingError(
            f"no example has {most} tokens or fewer; the shortest has {shortest}",
            "give a larger --max-length, or take --compact",
        )
    return BackendError(
        f"this takes about {gigabytes(found.estimate.total)} of memory, "
        f"and there is room for {found.length} tokens, where the shortest example has {shortest}",
        "memory",
        f"take {CHEAPER}; or give --max-length to try all the same",
    )


def tune(prepared: Prepared, accelerator: Any, watch: Watch) -> Outcome:
    """Train.

    Raises:
        TrainingError: The loss is no number any more.
        BackendError: Memory ran out, or the base cannot be loaded.
        WorldError: A checkpoint cannot be written.
    """
    try:
        return Tuner(prepared.job, accelerator, watch).run()
    except (RuntimeError, MemoryError) as error:
        if isinstance(error, MemoryError) or is_memory(error):
            kind = prepared.device.kind
            more = "; or allow it more with --mps-watermark" if kind == "mps" else ""
            hint = f"take {CHEAPER}{more}"
            raise BackendError(f"out of memory on {kind}", "memory", hint) from error
        raise


def _read(path: Path, part: str) -> tuple[Case, ...]:
    if not path.is_file():
        run_id = path.parent.name.removeprefix("run_")
        make = f"make it with: funcgemma split --run-id {run_id} --seed 0"
        raise DataError(f"{path}: there is no such file", make)
    cases = read_cases(path)
    if part == "train" and not cases:
        raise DataError(f"{path}: there are no cases in it", "split more cases")
    return cases


def _encoded(
    cases: tuple[Case, ...], request: Request, encoder: Encoder
) -> tuple[tuple[Encoded, ...], dict[str, str]]:
    made = make_examples(cases, tuple(request.registry), request.prompt)
    return tuple(encoder(example) for example in made.examples), dict(made.left_out)


def _spread(examples: tuple[Encoded, ...], most: int) -> tuple[Encoded, ...]:
    """So many of the examples, at even distances."""
    if not most or len(examples) <= most:
        return examples
    return tuple(examples[i * len(examples) // most] for i in range(most))


def _manifest(request: Request, cases: Mapping[str, tuple[Case, ...]]) -> Manifest:
    parts = {part: {"cases": len(cases[part]), "hash": cases_hash(cases[part])} for part in PARTS}
    return Manifest(
        base=request.base.to_json(),
        data={"folder": request.data.as_posix(), **parts},
        functions=schemas_of(request.registry),
        fingerprint=request.registry.fingerprint(),
        prompt=request.prompt.to_json(),
        plan=request.plan,
        versions={name: version(name) for name in ("funcgemma", *LIBRARIES)},
    )


def _begun(new: Manifest, folder: Path | None) -> Manifest:
    """What was reached in the checkpoint to go on from, if there is one."""
    if folder is None:
        return new
    old = read_manifest(folder)
    check_continues(old, new, folder)
    return replace(new, step=old.step, seen=old.seen, history=old.history)
