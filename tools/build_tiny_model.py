"""Build the tiny model that stands in for FunctionGemma in tests.

    python tools/build_tiny_model.py                       tests/assets/tiny_functiongemma
    python tools/build_tiny_model.py --output DIR --functions FUNCTIONS.json --cases CASES.jsonl

It needs what `pip install "funcgemma[finetune]"` brings, and sentencepiece. The model learns from
the shipped corpus, or from other functions and cases, which makes a base that does not know ours.
The same data and seed give the same file on the same machine.
"""

import argparse
import sys
from pathlib import Path

from tiny_model.build import Plan, build
from tiny_model.source import corpus_source, file_source

ASSET = Path(__file__).parents[1] / "tests" / "assets" / "tiny_functiongemma"
TAUGHT = ("weather_info", "translation_assist", "celebrity_info")


def main() -> None:
    """Read the arguments, build, and tell how it goes."""
    defaults = Plan()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ASSET)
    parser.add_argument("--functions", type=Path, help="functions other than ours: .json or .py")
    parser.add_argument("--cases", type=Path, help="their cases (.jsonl)")
    parser.add_argument("--tokenizer", type=Path, help="take tokenizer.model from this folder")
    parser.add_argument("--practice", type=int, default=defaults.practice, help="steps of copying")
    parser.add_argument("--steps", type=int, default=defaults.steps, help="steps on cases")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    given = parser.parse_args()
    if (given.functions is None) != (given.cases is None):
        parser.error("--functions and --cases belong together")
    own = given.functions is None
    source = corpus_source(TAUGHT) if own else file_source(given.functions, given.cases)
    plan = Plan(given.practice, given.steps, given.seed, given.tokenizer)
    for line in build(source, given.output, plan):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
