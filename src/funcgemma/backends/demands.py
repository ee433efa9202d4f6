"""What a request asks of a backend, checked before anything is sent or loaded."""

from collections.abc import Mapping
from typing import Any

from funcgemma.backends.base import Abilities, Options
from funcgemma.errors import BackendError

BOS = "<bos>"
CONTROL_TOKENS = (
    "<start_function_declaration>",
    "<end_function_declaration>",
    "<start_function_call>",
    "<end_function_call>",
    "<start_function_response>",
    "<end_function_response>",
    "<escape>",
)
"""FunctionGemma's, which a runtime must print for a call to be read exactly."""


def check_options(name: str, abilities: Abilities, options: Options) -> None:
    """Let options pass that the backend can follow.

    Args:
        name: The backend, for the message.
        abilities: What it can do.
        options: What it is asked for.

    Raises:
        BackendError: With reason `unsupported`; names the option, or what is wrong with it.
    """
    wanted = (
        ("grammar", options.grammar is not None, abilities.grammar),
        ("json_schema", options.json_schema is not None, abilities.json_schema),
        ("logprobs", options.logprobs, abilities.logprobs),
    )
    for option, asked, able in wanted:
        if asked and not able:
            raise BackendError(
                f"{name} does not support the option {option}",
                "unsupported",
                "leave it out, or use another backend",
            )
    if options.grammar is not None and options.json_schema is not None:
        raise BackendError(
            f"{name} cannot follow a grammar and a JSON schema at once",
            "unsupported",
            "give one of them",
        )
    if options.json_schema is not None:
        _check_schema(options.json_schema)


def without_bos(prompt: str) -> str:
    """The prompt without a beginning-of-sequence token: runtimes that parse text add one."""
    return prompt.removeprefix(BOS)


def cut_at_stop(text: str, stop: tuple[str, ...]) -> str:
    """The text before the first stop sequence in it; all of it where there is none."""
    places = [place for place in (text.find(mark) for mark in stop if mark) if place >= 0]
    return text[: min(places)] if places else text


def _check_schema(schema: Mapping[str, Any]) -> None:
    """Refuse a malformed schema: runtimes silently follow none instead."""
    from jsonschema import Draft202012Validator, SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise BackendError(
            f"the JSON schema is malformed: {error.message}", "unsupported", "correct the schema"
        ) from error
