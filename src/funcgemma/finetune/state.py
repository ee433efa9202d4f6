"""The optimiser's memory, saved so that a run goes on as if it had not stopped. Imports torch.

Nothing else has to be kept: which examples come next follows from how many were seen, and the
random numbers of a step from the seed and the step.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from funcgemma.errors import ArtefactError

NAME = "training/optimizer.safetensors"
STEP = "step"


def trained(model: Any) -> dict[str, Any]:
    """The weights that are trained, by name."""
    return {name: p for name, p in model.named_parameters() if p.requires_grad}


def save_state(optimizer: Any, model: Any, folder: Path) -> None:
    """Write the optimiser's state of every trained weight, by the weight's name."""
    tensors = {
        f"{key}/{name}": value.detach().cpu().contiguous()
        for name, weight in trained(model).items()
        for key, value in optimizer.state[weight].items()
    }
    path = folder / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, str(path))


def load_state(optimizer: Any, model: Any, folder: Path) -> None:
    """Give the optimiser back what it knew.

    Raises:
        ArtefactError: The file is missing, damaged, or of another model.
    """
    path = folder / NAME
    try:
        tensors = load_file(str(path))
    except (OSError, SafetensorError) as error:
        raise ArtefactError(
            f"{path}: {error}", "a checkpoint without it can be used, but not continued"
        ) from error
    weights = trained(model)
    if {key.partition("/")[2] for key in tensors} != set(weights):
        raise ArtefactError(f"{path} belongs to another model", "name another checkpoint")
    for name, weight in weights.items():
        optimizer.state[weight] = {
            key: _placed(tensors[f"{key}/{name}"], key, weight)
            for key in (STEP, "exp_avg", "exp_avg_sq")
        }


def _placed(value: Any, key: str, weight: Any) -> Any:
    """Beside its weight; the count of steps stays on the CPU, where AdamW looks for it."""
    return value if key == STEP else value.to(weight.device, torch.float32)
