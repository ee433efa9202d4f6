"""Every error of the package, in one tree.

FuncGemmaError
 ├─ DataError           a case, corpus or functions file is wrong   (file:line)
 ├─ FunctionError       a function cannot be defined, found or registered
 ├─ ArtefactError       a model folder is missing, damaged, newer or does not fit
 ├─ StoreError          the reminder store cannot be read or written
 ├─ SettingsError       a setting is unknown or has a wrong value
 ├─ TrainingError       there is not enough to learn from
 └─ WorldError          network, disk or a server failed
     ├─ BackendError    a language-model runtime cannot answer
     └─ Unavailable     a source answered, but has nothing for this question

A wrong answer of a model is data (`Decision.problem`), never an error.
"""


class FuncGemmaError(Exception):
    """The base of all errors: what went wrong, and what to do next.

    Args:
        message: What is wrong and where, in one sentence.
        hint: What the user can do next; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class DataError(FuncGemmaError):
    """A file of cases, corpus text or functions is wrong; the message starts with file:line."""


class FunctionError(FuncGemmaError):
    """A function cannot be defined, found or registered."""


class ArtefactError(FuncGemmaError):
    """A model folder is missing, damaged, too new, or made for other functions."""


class StoreError(FuncGemmaError):
    """The reminder store cannot be read or written."""


class SettingsError(FuncGemmaError):
    """A setting is unknown or its value does not fit."""


class TrainingError(FuncGemmaError):
    """There is too little or contradictory data to train on."""


class WorldError(FuncGemmaError):
    """The network, the disk or a server failed."""


class BackendError(WorldError):
    """A language-model runtime cannot answer.

    Args:
        message: What went wrong, and with which backend.
        reason: A short machine-readable word: not_installed, not_running, not_pulled, timeout,
            cut (the answer broke off), garbage (the answer makes no sense), refused (the server
            answered with an error), unsupported, memory.
        hint: What the user can do next.
    """

    def __init__(self, message: str, reason: str = "refused", hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason


class Unavailable(WorldError):  # noqa: N818 - it reads as what it is
    """A source was asked and has nothing for this question.

    Args:
        message: What is not available.
        reason: A short machine-readable word: offline, timeout, not_found, no_data, bad_reply.
        hint: What the user can do next.
    """

    def __init__(self, message: str, reason: str = "no_data", hint: str = "") -> None:
        super().__init__(message, hint)
        self.reason = reason
