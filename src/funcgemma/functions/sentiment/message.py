"""A verdict as one sentence in Japanese or English."""

from funcgemma.functions.sentiment.judge import Verdict
from funcgemma.functions.sentiment.labels import EMOTION, INTENSITY, label_word

SHOWN = 40
"""Characters of the judged text that a sentence repeats."""
UNSURE = 0.5
SECOND = 0.2


def verdict_sentence(text: str, granularity: str, verdict: Verdict, language: str) -> str:
    """Say what a text feels like; a verdict below even odds says so."""
    word = label_word(granularity, verdict.label, language)
    share = f"{verdict.score:.0%}"
    quoted = _quoted(text, language)
    if language == "ja":
        return _japanese(quoted, granularity, verdict, word, share)
    return _english(quoted, granularity, verdict, word, share)


def _japanese(quoted: str, granularity: str, verdict: Verdict, word: str, share: str) -> str:
    if granularity == INTENSITY:
        return f"{quoted}の感情の強さは {verdict.score:.2f}（{word}）です。"
    hedge = "はっきりしませんが、" if verdict.score < UNSURE else ""
    if granularity != EMOTION:
        return f"{hedge}{quoted}は{word}です（確からしさ {share}）。"
    if verdict.label == "neutral":
        return f"{hedge}{quoted}から特定の感情は読み取れません（確からしさ {share}）。"
    second = _second(verdict, "ja")
    return f"{hedge}{quoted}から読み取れる感情は「{word}」です（確からしさ {share}{second}）。"


def _english(quoted: str, granularity: str, verdict: Verdict, word: str, share: str) -> str:
    if granularity == INTENSITY:
        return f"The feeling in {quoted} is {word}: {verdict.score:.2f} of 1."
    hedge = "It is not clear-cut, but " if verdict.score < UNSURE else ""
    if granularity != EMOTION:
        return f"{hedge}{quoted} is {word} ({share} sure)."
    if verdict.label == "neutral":
        return f"{hedge}{quoted} shows no particular emotion ({share} sure)."
    return f"{hedge}{quoted} shows {word} ({share} sure{_second(verdict, 'en')})."


def _second(verdict: Verdict, language: str) -> str:
    """The runner-up emotion, where it is near enough to matter."""
    others = {k: v for k, v in verdict.scores.items() if k not in (verdict.label, "neutral")}
    label = max(others, key=others.__getitem__)
    if others[label] < SECOND:
        return ""
    word = label_word(EMOTION, label, language)
    return (
        f"、次いで「{word}」{others[label]:.0%}"
        if language == "ja"
        else (f"; then {word}, {others[label]:.0%}")
    )


def _quoted(text: str, language: str) -> str:
    line = " ".join(text.split())
    shown = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return f"「{shown}」" if language == "ja" else f"“{shown}”"
