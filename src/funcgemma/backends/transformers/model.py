"""Loading a model with transformers: device, number format, adapter, and what ends a turn.

Only safetensors are read, no code of the model's is run, and nothing is downloaded.
"""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.backends.base import ChatMessage
from funcgemma.backends.catalogue import Place
from funcgemma.backends.transformers.quiet import quiet
from funcgemma.errors import BackendError

HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
END_OF_TURN = "<end_of_turn>"
SMALL = 1_000_000_000
"""Parameters up to which a model runs in full precision on a CPU, where that is faster."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A model in memory.

    Attributes:
        model: Of transformers, in evaluation mode.
        tokenizer: Its tokenizer.
        device: `cuda`, `mps` or `cpu`.
        window: The context window in tokens.
        bos: The tokens that every text begins with.
        ends: Tokens that end the model's turn.
        croppable: Whether a part of what it has read can be kept and the rest forgotten.
    """

    model: Any
    tokenizer: Any
    device: str
    window: int
    bos: tuple[int, ...]
    ends: frozenset[int]
    croppable: bool

    def encode(self, text: str) -> list[int]:
        """The tokens of a rendered prompt, with exactly one beginning-of-sequence token."""
        plain = text.encode("utf-8", "replace").decode()  # half a character has no UTF-8
        plain = plain.removeprefix(self.tokenizer.bos_token or "")
        return [*self.bos, *self.tokenizer(plain, add_special_tokens=False).input_ids]

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens, control tokens and all."""
        return str(self.tokenizer.decode(list(tokens), skip_special_tokens=False))

    def render(self, messages: Sequence[ChatMessage]) -> str:
        """The conversation as the model's own template writes it.

        Raises:
            BackendError: There is no template, or it refuses the conversation.
        """
        from jinja2.exceptions import TemplateError

        said = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return str(
                self.tokenizer.apply_chat_template(said, tokenize=False, add_generation_prompt=True)
            )
        except (TemplateError, ValueError, ImportError) as error:
            raise BackendError(
                f"the model's chat template refused: {_first_line(error)}",
                "refused",
                "chat with an instruction-tuned model, users and assistant taking turns",
            ) from error


def find(name: str, model: str, adapter: str) -> tuple[str, str]:
    """Where the model and its adapter stand: folders, or the id of a downloaded model.

    Raises:
        BackendError: One of them is not there (`not_pulled`) or no model (`garbage`).
    """
    if adapter:
        adapter = str(_folder(adapter, "adapter_config.json", "a PEFT adapter"))
    if HUB_ID.fullmatch(model) and not Path(model).exists():
        return _downloaded(name, model), adapter
    return str(_folder(model, "config.json", "a model")), adapter


def load(name: str, model: str, place: Place) -> Loaded:
    """Load the model, quietly.

    Raises:
        BackendError: It is not there, or cannot be loaded.
    """
    import torch
    from transformers import AutoTokenizer

    source, adapter = find(name, model, place.adapter)
    if place.threads:
        torch.set_num_threads(place.threads)
    device = _device(torch)
    with _reported(name), quiet():
        tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=True)
        network = _network(torch, source, adapter, device)
    config = network.config.get_text_config()
    kinds = set(getattr(config, "layer_types", None) or ())
    begin = tokenizer("").input_ids[:1]
    return Loaded(
        network,
        tokenizer,
        device,
        min(place.num_ctx, getattr(config, "max_position_embeddings", place.num_ctx)),
        tuple(begin) if begin == [tokenizer.bos_token_id] else (),
        _ends(network, tokenizer),
        kinds <= {"full_attention", "sliding_attention"},
    )


def _network(torch: Any, source: str, adapter: str, device: str) -> Any:
    from transformers import AutoModelForCausalLM

    # An adapter is merged in full precision: in bfloat16 part of it would be rounded away.
    model = AutoModelForCausalLM.from_pretrained(
        source,
        dtype=torch.float32 if adapter else "auto",
        local_files_only=True,
        use_safetensors=True,
    )
    if adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    small = sum(p.numel() for p in model.parameters()) <= SMALL
    # float16 is left out: activations of Gemma-3 overflow it.
    full = torch.float32 if device != "cpu" or small else torch.bfloat16
    fast = device == "mps" or (device == "cuda" and torch.cuda.is_bf16_supported())
    return model.to(device=device, dtype=torch.bfloat16 if fast else full).eval()


def _device(torch: Any) -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _ends(model: Any, tokenizer: Any) -> frozenset[int]:
    told = getattr(model.generation_config, "eos_token_id", None)
    ends = {told} if isinstance(told, int) else set(told or ())
    ends |= {tokenizer.eos_token_id, tokenizer.get_vocab().get(END_OF_TURN)}
    return frozenset(end for end in ends if end is not None)


def _folder(place: str, wanted: str, what: str) -> Path:
    folder = Path(place).expanduser()
    if not folder.is_dir():
        raise BackendError(f"there is no folder {folder}", "not_pulled", "check the path")
    if not (folder / wanted).is_file():
        raise BackendError(
            f"{folder} is not {what}: it has no {wanted}", "garbage", "check the path"
        )
    return folder


def _downloaded(name: str, model: str) -> str:
    from huggingface_hub import try_to_load_from_cache

    if not isinstance(try_to_load_from_cache(model, "config.json"), str):
        raise BackendError(
            f"{name}: the model is neither a folder nor downloaded",
            "not_pulled",
            f"check the path, or get it: hf download {model}",
        )
    return model


@contextmanager
def _reported(name: str) -> Generator[None]:
    """What goes wrong inside, as our error."""
    try:
        yield
    except MemoryError as error:
        raise out_of_memory(name) from error
    except Exception as error:  # whatever a damaged file sets off in five libraries
        if is_memory(error):
            raise out_of_memory(name) from error
        raise BackendError(
            f"{name} could not be loaded: {_first_line(error)}",
            "garbage",
            "it may be damaged, or need newer libraries: pip install -U transformers",
        ) from error


def is_memory(error: Exception) -> bool:
    """Whether an error of torch says that memory ran out."""
    words = str(error)
    return isinstance(error, RuntimeError) and (
        "out of memory" in words or "not enough memory" in words or "can't allocate" in words
    )


def out_of_memory(name: str) -> BackendError:
    """The error for it."""
    return BackendError(
        f"{name}: out of memory", "memory", "use a smaller num_ctx or a smaller model"
    )


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
