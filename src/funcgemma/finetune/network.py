"""The model that is tuned: loading it with adapters or whole, and saving it. Imports torch."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from funcgemma.backends.transformers.quiet import quiet
from funcgemma.errors import BackendError
from funcgemma.finetune.base import Base
from funcgemma.finetune.plan import TARGETS, TuningPlan

TOKENIZER = (
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
)
"""The base's own files are copied: whatever a library writes anew may split differently."""


def has_half(device: str) -> bool:
    """Whether a device computes in bfloat16: CUDA of some age does; CPUs and MPS do not gain."""
    return device == "cuda" and bool(torch.cuda.is_bf16_supported())


def load_tokenizer(base: Base) -> Any:
    """The tokenizer of the base.

    Raises:
        BackendError: It cannot be loaded.
    """
    from transformers import AutoTokenizer

    with loading(base.name):
        return AutoTokenizer.from_pretrained(base.folder, local_files_only=True)


def load_network(base: Base, plan: TuningPlan, device: str, resume: Path | None) -> Any:
    """The model, ready for training, on the CPU.

    A base under adapters stays as it is and may be kept in half precision; what is trained is
    kept in full.

    Args:
        base: Where to start from.
        plan: What is trained of it, and the seed of new adapters.
        device: Where it will run: decides the precision.
        resume: The checkpoint to go on from; None = begin.

    Raises:
        BackendError: It cannot be loaded.
    """
    from transformers import AutoModelForCausalLM
    from transformers.utils import logging

    lora = plan.method == "lora"
    dtype = torch.bfloat16 if lora and has_half(device) else torch.float32
    source = resume if resume and not lora else base.folder
    logging.disable_progress_bar()
    with loading(str(source)):
        model = AutoModelForCausalLM.from_pretrained(
            source,
            dtype=dtype,
            attn_implementation="sdpa",
            local_files_only=True,
            use_safetensors=True,
        )
        if plan.checkpointing:
            _recompute(model)
        if lora:
            model = _adapted(model, plan, resume)
    model.config.use_cache = False
    return model.train()


def _recompute(model: Any) -> None:
    """Compute activations anew on the way back; the method has two names by version."""
    enable = getattr(model, "activation_checkpointing_enable", None)
    # The reentrant kind loses the gradient where the first layers are frozen.
    (enable or model.gradient_checkpointing_enable)({"use_reentrant": False})


def _adapted(model: Any, plan: TuningPlan, resume: Path | None) -> Any:
    from peft import LoraConfig, PeftModel, get_peft_model

    if resume is not None:
        return PeftModel.from_pretrained(model, resume, is_trainable=True)
    torch.manual_seed(plan.seed)
    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=plan.lora_rank,
        lora_alpha=plan.lora_alpha,
        lora_dropout=plan.lora_dropout,
        target_modules=list(TARGETS),
    )
    return get_peft_model(model, config)


def save_network(model: Any, base: Base, folder: Path) -> None:
    """Write adapters, or the whole model, with the base's tokenizer."""
    from peft import PeftModel

    if isinstance(model, PeftModel):
        # Whether embeddings were changed would be asked on the network; they never are.
        model.save_pretrained(str(folder), save_embedding_layers=False)
        (folder / "README.md").unlink(missing_ok=True)  # a form to fill in
    else:
        model.save_pretrained(folder)
    for name in TOKENIZER:
        if (base.folder / name).is_file():
            shutil.copyfile(base.folder / name, folder / name)


@contextmanager
def loading(name: str) -> Iterator[None]:
    """What goes wrong inside, as our error; without what libraries warn each other of."""
    try:
        with quiet():
            yield
    except Exception as error:  # whatever a damaged file sets off in five libraries
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise BackendError(
            f"{name} could not be loaded: {first}",
            "garbage",
            "it may be damaged, or need newer libraries: pip install -U transformers peft",
        ) from error
