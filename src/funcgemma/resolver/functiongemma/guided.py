"""Continue a prompt under a grammar, on whatever the runtime can follow."""

from collections.abc import Iterable
from dataclasses import replace

from funcgemma.backends.base import Backend, Completion, Options
from funcgemma.errors import BackendError
from funcgemma.functions.definition import FunctionDefinition
from funcgemma.resolver.functiongemma.gbnf import spelled
from funcgemma.resolver.functiongemma.grammar import grammar


class Guide:
    """A backend with the grammars of some functions, which it follows if it can.

    An older llama.cpp, or a model that is no FunctionGemma, does not know the control tokens of a
    grammar as tokens. That is found out once; from then on they are spelled.

    Args:
        backend: Continues rendered prompts.
        definitions: The functions that may be called.
    """

    def __init__(self, backend: Backend, definitions: Iterable[FunctionDefinition]) -> None:
        self._backend = backend
        self._definitions = tuple(definitions)
        self._written: dict[str, str] = {}
        self._spelled = False

    def complete(self, prompt: str, choice: str, options: Options) -> Completion:
        """Continue a prompt.

        Args:
            prompt: As rendered.
            choice: Which calls the grammar allows, as in `grammar`.
            options: All but the grammar.

        Raises:
            BackendError: The runtime failed.
        """
        if not self._backend.abilities.grammar:
            return self._backend.complete(prompt, options)
        rules = self._rules(choice)
        if not self._spelled:
            try:
                return self._backend.complete(prompt, replace(options, grammar=rules))
            except BackendError as error:
                if error.reason != "unsupported":
                    raise
        completion = self._backend.complete(prompt, replace(options, grammar=spelled(rules)))
        self._spelled = True
        return completion

    def _rules(self, choice: str) -> str:
        if choice not in self._written:
            self._written[choice] = grammar(self._definitions, choice=choice)
        return self._written[choice]
