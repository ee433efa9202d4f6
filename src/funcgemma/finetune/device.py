"""The device that tuning runs on, through accelerate. Imports torch."""

from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs

from funcgemma.backends.machine import machine_memory
from funcgemma.finetune.estimate import Device
from funcgemma.finetune.network import has_half


def open_accelerator(*, cpu: bool = False) -> Any:
    """The device, and the other processes where there are several.

    CUDA before MPS before the CPU. Sums are done in bfloat16 where CUDA can, else in full.

    Args:
        cpu: Leave the others alone.
    """
    cuda = torch.cuda.is_available() and not cpu
    half = cuda and has_half("cuda")
    # Nothing that processes would have to exchange on the way forward ever changes.
    still = DistributedDataParallelKwargs(broadcast_buffers=False)
    precision = "bf16" if half else "no"
    return Accelerator(cpu=cpu, mixed_precision=precision, kwargs_handlers=[still])


def device_of(accelerator: Any) -> Device:
    """What is known of the device; of several, the same for all: what the fullest one has free."""
    kind = str(accelerator.device.type)
    free = _free(kind, accelerator)
    if accelerator.num_processes > 1 and free is not None:
        mine = torch.tensor([free], device=accelerator.device)
        free = int(accelerator.gather(mine).min())
    return Device(kind, has_half(kind), free)


def _free(kind: str, accelerator: Any) -> int | None:
    if kind == "cuda":
        return int(torch.cuda.mem_get_info(accelerator.device)[0])
    free = machine_memory().available
    if kind == "mps":
        most = int(torch.mps.recommended_max_memory())
        return most if free is None else min(most, free)
    return None if free is None else free // int(accelerator.num_processes)
