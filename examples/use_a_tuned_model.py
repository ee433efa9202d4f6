"""Ask a fine-tuned model from Python: in one line, and by hand with transformers and PEFT.

python examples/use_a_tuned_model.py data/peft_adapters/run_1/checkpoint-500 明日の京都の天気は？
"""

import sys
from datetime import datetime
from pathlib import Path

from funcgemma import Dialogue, Message


def in_one_line(folder: Path, dialogue: Dialogue) -> None:
    """A checkpoint, or whatever `funcgemma export` has made of it."""
    from funcgemma import open_tuned

    print("one line:", *open_tuned(folder).resolve(dialogue).calls)


def by_hand(folder: Path, dialogue: Dialogue) -> None:
    """The same with the libraries themselves: base, adapter, our prompt, generate, our parser."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from funcgemma.finetune.export.source import open_source
    from funcgemma.resolver.functiongemma.parse import parse
    from funcgemma.resolver.functiongemma.prompt import render_prompt
    from funcgemma.resolver.functiongemma.wire import Wire
    from funcgemma.resolver.functiongemma.write import STOPS

    source = open_source(folder)  # the base, the functions and the prompt options of the run
    tokenizer = AutoTokenizer.from_pretrained(source.model_folder)
    # float32: merged or added in bfloat16, a part of the tuning is rounded away
    base = AutoModelForCausalLM.from_pretrained(source.model_folder, dtype=torch.float32)
    model = PeftModel.from_pretrained(base, str(folder)).eval()

    prompt = render_prompt(dialogue, source.definitions, compact=source.prompt.compact).text
    given = tokenizer(prompt, return_tensors="pt")  # the tokenizer adds <bos>, the prompt has none
    stops = [tokenizer.eos_token_id, *tokenizer.convert_tokens_to_ids(list(STOPS))]
    with torch.inference_mode():
        written = model.generate(**given, max_new_tokens=256, do_sample=False, eos_token_id=stops)
    text = tokenizer.decode(written[0, given.input_ids.shape[1] :])
    parsed = parse(text, Wire.of(source.definitions))
    print(" by hand:", *parsed.calls, *(problem.message for problem in parsed.problems))


def main() -> None:
    """Ask both ways."""
    if len(sys.argv) != 3:
        print(__doc__)
        return
    folder, text = Path(sys.argv[1]), sys.argv[2]
    dialogue = Dialogue((Message("user", text),), datetime.now().astimezone())
    in_one_line(folder, dialogue)
    if (folder / "adapter_config.json").is_file():
        by_hand(folder, dialogue)


if __name__ == "__main__":
    main()
