"""A second chance: the model is told what was wrong with its answer."""

from collections.abc import Sequence

from funcgemma.resolver.functiongemma.tokens import END_TURN, TURN, neutral

MOST = 4
"""More problems than this would only lengthen the prompt."""


def repair_request(answer: str, problems: Sequence[str]) -> str:
    """What goes behind the prompt: the answer, what was wrong with it, a further turn of the model.

    The prompt stays as it was, so that its cache is used again.

    Args:
        answer: What the model wrote, as it wrote it.
        problems: Sentences.
    """
    told = neutral("; ".join(problems[:MOST]))
    request = f"That call was wrong: {told}. Call again, with values from the conversation only."
    return f"{answer}{END_TURN}\n{TURN}user\n{request}{END_TURN}\n{TURN}model\n"
