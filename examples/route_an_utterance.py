"""Decide about utterances from Python: train once, then route.

python examples/route_an_utterance.py
"""

import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from funcgemma import Dialogue, Message, Router
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.model import save_model
from funcgemma.training.build import build_model

NOW = datetime(2026, 5, 13, 10, 20, tzinfo=timezone(timedelta(hours=9)))


def main() -> None:
    """Train on the shipped corpus, keep the model, load it, decide."""
    registry = builtin_registry()
    with tempfile.TemporaryDirectory() as folder:
        model = build_model(read_files(shipped_files(), registry.schemas), registry)
        save_model(model, Path(folder) / "model")
        router = Router.load(Path(folder) / "model", registry)
    messages: tuple[Message, ...] = ()
    for text in ("明日の京都の天気は？", "じゃあ大阪は？", "ありがとう、助かったよ"):
        messages = (*messages, Message("user", text))
        decision = router.route(Dialogue(messages, NOW))
        print(text)
        for call in decision.calls:
            print("   ", call.name, dict(call.arguments))
        print(f"    confidence {decision.confidence:.2f}, decided by {decision.stage}")
        messages = (*messages, Message("assistant", "はい。"))


if __name__ == "__main__":
    main()
