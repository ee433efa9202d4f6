"""The control tokens of the format, and how text that only looks like one is kept from being one.

A look-alike gets a backslash after its `<`, so that no tokenizer takes it for the token; one that
has backslashes there already gets one more. `restore` takes one away again: both are exact
inverses, and training and serving use the same two functions.
"""

import re

BOS = "<bos>"
TURN, END_TURN = "<start_of_turn>", "<end_of_turn>"
DECLARATION, END_DECLARATION = "<start_function_declaration>", "<end_function_declaration>"
CALL, END_CALL = "<start_function_call>", "<end_function_call>"
RESPONSE, END_RESPONSE = "<start_function_response>", "<end_function_response>"
ESCAPE = "<escape>"

STOPS = (RESPONSE, END_TURN, TURN)
"""Stop sequences of a generation. `<start_function_response>` follows a model's calls."""

_NAMES = (
    r"bos|eos|pad|unk|mask|escape|(?:start|end)_of_(?:turn|image)|image_soft_token|unused\d+"
    r"|(?:start|end)_function_(?:declaration|call|response)"
)
CONTROL = re.compile(rf"<(?:{_NAMES})>")
_LOOKALIKE = re.compile(rf"<(\\*(?:{_NAMES})>)")
_KEPT = re.compile(rf"<\\(\\*(?:{_NAMES})>)")


def neutral(text: str) -> str:
    """The text with nothing in it that a tokenizer would read as a control token."""
    return _LOOKALIKE.sub(r"<\\\1", text) if "<" in text else text


def restore(text: str) -> str:
    """The text that `neutral` was given."""
    return _KEPT.sub(r"<\1", text) if "<\\" in text else text


def escaped(text: str) -> str:
    """A string as the format writes it: between two `<escape>`."""
    return f"{ESCAPE}{neutral(text)}{ESCAPE}"
