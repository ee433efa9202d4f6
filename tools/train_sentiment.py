"""Build the sentiment model that ships with the package.

    .venv/bin/python tools/train_sentiment.py [OUTPUT]

Deterministic: the same sentences, lexicon and cues give the same file. Run it
after a change to any of them, then `benchmarks/sentiment.py`.
"""

import sys
from pathlib import Path

import funcgemma.functions.sentiment as package
from funcgemma.functions.sentiment.fit import fit
from funcgemma.functions.sentiment.model import FILE
from funcgemma.functions.sentiment.sentences import read_sentences


def main(output: Path) -> None:
    """Train on all sentences and write the model."""
    sentences = read_sentences()
    model = fit(sentences).export()
    model.save(output)
    size = output.stat().st_size // 1024
    sys.stdout.write(
        f"{output}: {len(sentences)} sentences, {len(model.text.index)} n-grams, {size} KiB\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(package.__file__).parent / FILE)
