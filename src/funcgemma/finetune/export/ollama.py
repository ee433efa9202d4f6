"""An exported model in Ollama: its Modelfile, and the request that creates it.

Asked through the server's API, since that is the address the rest of the program talks to; the
`ollama` program need not be there. Nothing is pulled: the model comes from the file beside the
Modelfile.

*RENDERER and PARSER.* Ollama has its own renderer and parser for FunctionGemma, for clients that
send `tools` to `/api/chat`. They are left out by default: that renderer drops enums and nested
schemas and writes another activation line, so that the model is shown other prompts than it was
tuned on. FuncGemma renders its prompts itself and sends them raw, which passes by template,
renderer and parser alike.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funcgemma.backends.ollama.server import OLLAMA_URL, OllamaServer
from funcgemma.backends.remote.http import decode
from funcgemma.errors import BackendError
from funcgemma.resolver.functiongemma.tokens import END_TURN
from funcgemma.resolver.functiongemma.write import STOPS

MODELFILE = "Modelfile"
UPLOAD_SECONDS = 600.0
_PIECE = 1 << 20

TEMPLATE = """\
{{- range $i, $_ := .Messages }}
{{- $last := eq (len (slice $.Messages $i)) 1 }}
{{- if eq .Role "system" }}<start_of_turn>developer
{{ .Content }}<end_of_turn>
{{ else if eq .Role "user" }}<start_of_turn>user
{{ .Content }}<end_of_turn>
{{ else if eq .Role "assistant" }}<start_of_turn>model
{{ .Content }}{{ if not $last }}<end_of_turn>
{{ end }}
{{- end }}
{{- if and $last (ne .Role "assistant") }}<start_of_turn>model
{{ end }}
{{- end }}"""
"""Plain chat, turn by turn as our prompts have it; `<bos>` is added by the runtime."""

_ABOUT = """\
# Made by funcgemma export from {name}.
# FuncGemma renders the functions itself and sends raw prompts: TEMPLATE is for plain chat.
"""
_TOOLS = """\
# For clients that send tools. Ollama's renderer writes declarations without enums and nested
# schemas: other prompts than the model was tuned on.
"""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What Ollama is told of a model, beside its weights.

    Attributes:
        name: Of the checkpoint, for a comment.
        num_ctx: Context window that prompts are made for.
        file: The model's file.
        tools: Whether Ollama's own renderer and parser of tools are switched on.
    """

    name: str
    num_ctx: int
    file: str = "model.gguf"
    tools: bool = False

    @property
    def parameters(self) -> dict[str, Any]:
        """Greedy, nothing punished for being said twice, and an end where the format has one."""
        return {
            "num_ctx": self.num_ctx,
            "temperature": 0,
            "repeat_penalty": 1,
            "stop": [END_TURN, *(mark for mark in STOPS if mark != END_TURN)],
        }

    def modelfile(self) -> str:
        """The text of a Modelfile."""
        lines = [_ABOUT.format(name=self.name) + f"FROM ./{self.file}"]
        lines.append(f'TEMPLATE """{TEMPLATE}"""')
        for key, value in self.parameters.items():
            values = value if isinstance(value, list) else [value]
            lines += [f"PARAMETER {key} {_word(each)}" for each in values]
        if self.tools:
            lines.append(_TOOLS + "RENDERER functiongemma\nPARSER functiongemma")
        return "\n".join(lines) + "\n"

    def request(self, model: str, digest: str) -> dict[str, Any]:
        """The same for the API.

        Args:
            model: The name it gets in Ollama.
            digest: Of the file, as the server knows it.
        """
        builtin = {"renderer": "functiongemma", "parser": "functiongemma"} if self.tools else {}
        return {
            "model": model,
            "files": {self.file: digest},
            "template": TEMPLATE,
            "parameters": self.parameters,
            "stream": True,
            **builtin,
        }


def create_in_ollama(
    folder: Path,
    recipe: Recipe,
    model: str,
    url: str = OLLAMA_URL,
    progress: Callable[[str], None] = lambda status: None,
) -> None:
    """Create the model of an export in a running Ollama; one of that name is replaced.

    Args:
        folder: The export.
        recipe: What its Modelfile says.
        model: The name it gets.
        url: Of the server.
        progress: Told what the server is doing.

    Raises:
        BackendError: The server does not run (reason `not_running`), or refused.
    """
    with closing(OllamaServer(url)) as server:
        server.reach()
        path = folder / recipe.file
        with path.open("rb") as file:
            digest = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        progress("uploading")
        _upload(url, path, digest)
        body = recipe.request(model, digest)
        with closing(server.http.lines("/api/create", body, UPLOAD_SECONDS)) as lines:
            _follow((decode(line, server.http.peer) for line in lines), model, progress)


def _follow(
    steps: Iterator[Mapping[str, Any]], model: str, progress: Callable[[str], None]
) -> None:
    for step in steps:
        if step.get("error"):
            raise BackendError(
                f"Ollama could not create {model}: {step['error']}",
                "refused",
                "update it: https://ollama.com/download; its log may say more",
            )
        status = str(step.get("status", ""))
        progress(status)
        if status == "success":
            return
    raise BackendError(f"Ollama broke off creating {model}", "cut", "its log may say why")


def _upload(url: str, path: Path, digest: str) -> None:
    """Give the server the file, unless it has it."""
    import httpx

    place = f"{url.rstrip('/')}/api/blobs/{digest}"
    try:
        with httpx.Client(timeout=UPLOAD_SECONDS, trust_env=False) as client:
            if client.head(place).status_code == httpx.codes.OK:
                return
            size = {"Content-Length": str(path.stat().st_size)}
            answer = client.post(place, content=_pieces(path), headers=size)
    except httpx.HTTPError as error:
        raise BackendError(
            f"Ollama at {url} broke off the upload of {path.name}: {error}", "cut", "try again"
        ) from error
    if answer.status_code not in (httpx.codes.OK, httpx.codes.CREATED):
        raise BackendError(
            f"Ollama at {url} refused {path.name} ({answer.status_code}): {answer.text[:200]}",
            "refused",
            "its disk may be full; its log may say more",
        )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _word(value: object) -> str:
    return json.dumps(value) if isinstance(value, str) else str(value)


def line_to_type(folder: Path, model: str) -> str:
    """The command that does the same by hand."""
    import shlex

    return f"ollama create {shlex.quote(model)} -f {shlex.quote(str(folder / MODELFILE))}"


def model_name(run: str) -> str:
    """What a checkpoint is called in Ollama: `run_1/checkpoint-200` is functiongemma-run_1:200."""
    folder, _, checkpoint = run.partition("/")
    return f"functiongemma-{folder}:{checkpoint.removeprefix('checkpoint-')}".lower()


def recipe_of(manifest: Mapping[str, Any]) -> Recipe:
    """The recipe of an export, from its manifest."""
    return Recipe(
        str(manifest["run"]), int(manifest["prompt"]["num_ctx"]), tools=bool(manifest["tools"])
    )
