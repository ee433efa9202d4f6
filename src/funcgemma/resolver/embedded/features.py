"""Features of the choosers: what the utterance says, and what was talked about before."""

from collections.abc import Sequence
from dataclasses import dataclass

from funcgemma.language.features import CHOOSER_NGRAM, char_ngrams, word_features
from funcgemma.language.lexicon import lexicon_features
from funcgemma.language.vectors import Floats, word_vectors
from funcgemma.records import FunctionCall
from funcgemma.resolver.embedded.view import View

NONE = "no_function"


@dataclass(frozen=True, slots=True)
class Prior:
    """What the dialogue was about before the newest utterance.

    Attributes:
        call: The last call asked for; None if there was none.
        age: How many user turns ago; 0 without a call.
        missing: Arguments of that call that were not given.
        asked: Whether the assistant's last message asks something.
        turns: Number of messages before the newest one.
        reply: The assistant's message just before the newest one, if it was the last to speak.
    """

    call: FunctionCall | None = None
    age: int = 0
    missing: tuple[str, ...] = ()
    asked: bool = False
    turns: int = 0
    reply: str = ""


def utterance_features(view: View) -> list[str]:
    """Character n-grams, words, lexicon classes, times and languages of a stretch of text.

    The list belongs to the view and is made once; do not change it.
    """
    features = view.features
    if not features:
        features += char_ngrams(view.matched, CHOOSER_NGRAM)
        features += word_features(view.words, view.quoted)
        features += lexicon_features(view.words, view.quoted)
        features += time_features(view)
        if view.languages:
            features.append(f"lang:{min(len(view.languages), 2)}")
    return features


def utterance_vector(view: View) -> Floats:
    """What a stretch of text is about, of shape [directions]; made once."""
    if not view.vectors:
        view.vectors.append(word_vectors().sentence(view.words, view.quoted))
    return view.vectors[0]


def time_features(view: View) -> list[str]:
    """Which kinds of time expressions there are."""
    features = [f"time:{time.granularity}" for time in view.times]
    features += ["time:repeats" for time in view.times if time.recurrence]
    features += ["time:named_day" for time in view.times if time.has_day]
    kinds = sorted({f"{time.granularity}{'+' if time.has_day else ''}" for time in view.times})
    return [*features, "time:all=" + ",".join(kinds)]


def prior_features(view: View, prior: Prior) -> list[str]:
    """The dialogue's state, alone and together with the shape of the utterance."""
    if prior.call is None:
        return ["prior:first" if not prior.turns else "prior:none"]
    name = prior.call.name
    length = min(len(view.words), 15) // 3
    state = f"prior:{name}" + ("" if prior.age == 1 else "_old")
    features = [state, f"{state}_n{length}", "prior:any", f"prior:any_n{length}"]
    forms = view.words.forms
    if forms:
        features += [f"prior:first={forms[0]}", f"prior:last={'_'.join(forms[-2:])}"]
        features.append(f"{state}_last={view.words.tags[-1]}")
    features += [f"{state}_has_{kind}" for kind in sorted(set(view.words.classes) - {""})]
    if view.times:
        features.append(f"{state}_has_time")
    if prior.missing:
        features += [f"prior:missing_{name}", f"prior:missing_n{length}"]
    if prior.asked:
        features += ["prior:asked", f"prior:asked_n{length}", f"{state}_asked"]
    return features


def dialogue_features(view: View, prior: Prior) -> list[str]:
    """Everything the function chooser sees."""
    return utterance_features(view) + prior_features(view, prior)


def was(value: object) -> str:
    """The feature of a value that the earlier call had."""
    return f"was:{value}"


def enum_features(view: View, prior: Prior, function: str, argument: str) -> list[str]:
    """Everything an enum chooser sees; the earlier value counts if the function stayed."""
    features = list(utterance_features(view))
    if prior.call is not None and prior.call.name == function:
        value = prior.call.arguments.get(argument)
        length = min(len(view.words), 12) // 3
        values: Sequence[object] = value if isinstance(value, list) else [value]
        features += [was(v) for v in values] + [f"{was(v)}_n{length}" for v in values]
    return features
