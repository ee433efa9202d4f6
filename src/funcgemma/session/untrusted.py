"""What text from elsewhere may not do: open a turn in a prompt, or steer a terminal.

Runtimes read control tokens such as `<end_of_turn>` wherever they stand in a message, and
terminals obey escape codes wherever they come from.
"""

import json
import re
from typing import Any

_CONTROL_TOKEN = re.compile(
    r"<(?P<tag>[|｜][^<>\n]{0,60}[|｜]|/?(?:s|bos|eos|pad|unk|mask|sep|cls|escape|think|tools?|"
    r"unused\d{1,4}|[a-z]{1,20}(?:_[a-z0-9]{1,20}){1,4}))>|"
    r"<<(?P<system>/?SYS)>>|\[(?P<bracket>/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_[A-Z]+))\]",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def neutral(text: str) -> str:
    """The text with its control tokens in other brackets, ‹end_of_turn›, and nothing unseen."""
    return _CONTROL_TOKEN.sub(_in_other_brackets, visible(text))


def _in_other_brackets(match: re.Match[str]) -> str:
    inner = match["tag"] or match["system"] or match["bracket"]
    return f"‹{inner}›"


def visible(text: str) -> str:
    """The text without control characters (but line breaks and tabs) and hidden letters."""
    return _UNSEEN.sub("", text)


def has_control_token(text: str) -> bool:
    """Whether a runtime would read a part of the text as a control token."""
    return bool(_CONTROL_TOKEN.search(text))


def quoted(value: Any) -> str:
    """Plain values as one line of JSON that holds no angle bracket and no line break.

    Whatever stands in the values can therefore neither close a tag around the JSON nor
    begin a line of its own.
    """
    text = json.dumps(_neutral_values(value), ensure_ascii=False, default=str)
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", " ")
    return text.replace("<", "\\u003c").replace(">", "\\u003e")


def _neutral_values(value: Any) -> Any:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, dict):
        return {neutral(str(name)): _neutral_values(item) for name, item in value.items()}
    return [_neutral_values(item) for item in value] if isinstance(value, list | tuple) else value
