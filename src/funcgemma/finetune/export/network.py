"""The tuned model in full precision: what it writes, its adapter merged, saved. Imports torch."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

from funcgemma.backends.demands import cut_at_stop
from funcgemma.backends.transformers.quiet import quiet
from funcgemma.finetune.encode import plain
from funcgemma.finetune.examples import Example
from funcgemma.finetune.export.check import MOST_TOKENS
from funcgemma.finetune.export.source import Source
from funcgemma.finetune.network import TOKENIZER, loading
from funcgemma.resolver.functiongemma.write import STOPS

GENERATION = "generation_config.json"
DTYPES = {"f32": torch.float32, "bf16": torch.bfloat16}


class TunedNetwork:
    """A model of transformers with its tokenizer, for greedy decoding.

    It computes on the CPU in float32: what a smaller format makes of it is to be measured, not a
    device's rounding. An adapter is merged in float32 too; in bfloat16, which bases come in, a part
    of what a short tuning has changed would be rounded away.

    Args:
        folder: Of the model.
        adapter: A PEFT folder; None = the model stands alone.

    Raises:
        BackendError: It cannot be loaded.
    """

    def __init__(self, folder: Path, adapter: Path | None = None) -> None:
        self._folder = folder
        with loading(f"the model in {folder}"):
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model = AutoModelForCausalLM.from_pretrained(
                folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
            )
            if adapter is not None:
                from peft import PeftModel

                model = PeftModel.from_pretrained(model, str(adapter))
        self._model: Any = model.eval()
        self._adapted = adapter is not None

    def write(
        self, prompts: Sequence[Example], tick: Callable[[], None] = lambda: None
    ) -> tuple[str, ...]:
        """What the model makes of the prompts, greedily."""
        texts = []
        for prompt in prompts:
            texts.append(self._continue(prompt.prompt))
            tick()
        return tuple(texts)

    def merge(self) -> None:
        """Add the adapter to the weights."""
        if self._adapted:
            self._model = self._model.merge_and_unload(safe_merge=True)
            self._adapted = False

    def save(self, target: Path, dtype: str = "f32") -> None:
        """Write the model as a folder of transformers, with the tokenizer files as they were.

        Args:
            target: The folder.
            dtype: `f32` or `bf16`; not f16, which the activations of Gemma-3 overflow.
        """
        model = self._model.to(DTYPES[dtype])
        model.config.use_cache = True  # tuning switches it off
        with quiet():
            model.save_pretrained(target)
        for name in (*TOKENIZER, GENERATION):
            if (self._folder / name).is_file():
                shutil.copyfile(self._folder / name, target / name)
        config = json.loads((target / "config.json").read_text(encoding="utf-8"))
        config.pop("_name_or_path", None)  # a path of this machine
        text = json.dumps(config, ensure_ascii=False, indent=2)
        (target / "config.json").write_text(text + "\n", encoding="utf-8")

    def _continue(self, prompt: str) -> str:
        tokenizer = self._tokenizer
        begin = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
        tokens = begin + tokenizer(plain(prompt), add_special_tokens=False).input_ids
        given = torch.tensor([tokens])
        ends = {tokenizer.convert_tokens_to_ids(mark) for mark in STOPS} | {tokenizer.eos_token_id}
        settings = GenerationConfig(
            do_sample=False,
            max_new_tokens=MOST_TOKENS,
            eos_token_id=sorted(end for end in ends if end is not None),
            pad_token_id=tokenizer.pad_token_id,
        )
        with torch.inference_mode():
            written = self._model.generate(
                input_ids=given, attention_mask=torch.ones_like(given), generation_config=settings
            )
        text = tokenizer.decode(written[0, len(tokens) :].tolist(), skip_special_tokens=False)
        return cut_at_stop(text, (*STOPS, tokenizer.eos_token or ""))


def load_tuned(source: Source) -> TunedNetwork:
    """The model of a checkpoint, its adapter beside the base's weights.

    Raises:
        BackendError: It cannot be loaded.
    """
    if source.base is None:
        return TunedNetwork(source.folder)
    return TunedNetwork(source.base.folder, source.folder)
