"""How good the sentiment function is on voices that its model has not seen.

    .venv/bin/python benchmarks/sentiment.py

Writes benchmarks/results/sentiment.json (see docs/sentiment.md); takes about a minute.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median, stdev
from time import perf_counter

from funcgemma.functions.sentiment.cues import CUES
from funcgemma.functions.sentiment.features import read
from funcgemma.functions.sentiment.fit import fit
from funcgemma.functions.sentiment.judge import choose
from funcgemma.functions.sentiment.labels import LABELS, POLARITY
from funcgemma.functions.sentiment.model import FILE, SentimentModel, shipped_model
from funcgemma.functions.sentiment.sentences import BLIND, TRAINING, Sentence, read_sentences

RESULT = Path(__file__).parent / "results" / "sentiment.json"
MODEL = Path(__file__).parents[1] / "src/funcgemma/functions/sentiment" / FILE
SEEDS = 5
FOLDS = 5
SURE = 0.9

Gold = list[tuple[Sentence, dict[str, dict[str, float]]]]


def judge_all(model: SentimentModel, sentences: Sequence[Sentence]) -> Gold:
    """Each sentence with the probabilities the model gives it."""
    return [(sentence, model.probabilities(sentence.text)) for sentence in sentences]


def held_out(sentences: Sequence[Sentence], groups: Sequence[set[str]]) -> Gold:
    """Each group of voices judged by a model trained on all others."""
    judged: Gold = []
    for voices in groups:
        model = fit([s for s in sentences if s.voice not in voices]).export()
        judged += judge_all(model, [s for s in sentences if s.voice in voices])
    return judged


def accuracy(judged: Gold, granularity: str) -> float:
    """Share of sentences with the label their reader gave."""
    return mean(
        choose(p[granularity], granularity).label == s.labels[granularity] for s, p in judged
    )


def macro_f1(judged: Gold, granularity: str) -> float:
    """F1 averaged over the labels that occur."""
    pairs = [(s.labels[granularity], choose(p[granularity], granularity).label) for s, p in judged]
    scores = []
    for label in sorted({gold for gold, _ in pairs}):
        hits = sum(gold == got == label for gold, got in pairs)
        scores.append(2 * hits / sum((gold == label) + (got == label) for gold, got in pairs))
    return mean(scores)


def rates(judged: Gold) -> dict[str, object]:
    """Accuracy and macro F1 for each granularity."""
    found: dict[str, object] = {"sentences": len(judged)}
    for granularity in LABELS:
        found[granularity] = {
            "accuracy": round(accuracy(judged, granularity), 3),
            "macro_f1": round(macro_f1(judged, granularity), 3),
        }
    return found


def leave_one_voice_out(sentences: Sequence[Sentence]) -> dict[str, object]:
    """Every voice judged by a model that has not seen it."""
    voices = sorted({s.voice for s in sentences})
    judged = held_out(sentences, [{voice} for voice in voices])
    gold_is = {
        label: [p for s, p in judged if s.labels[POLARITY] == label] for label in LABELS[POLARITY]
    }
    sure = [(s, p) for s, p in judged if max(p[POLARITY].values()) >= SURE]
    return {
        **{source: rates([j for j in judged if j[0].source == source]) for source in TRAINING},
        "voices": {voice: rates([j for j in judged if j[0].voice == voice]) for voice in voices},
        "polarity_confusion": {
            label: {
                got: sum(choose(p[POLARITY], POLARITY).label == got for p in found)
                for got in LABELS[POLARITY]
            }
            for label, found in gold_is.items()
        },
        "polarity_when_90_percent_sure": {
            "share": round(len(sure) / len(judged), 3),
            "accuracy": round(accuracy(sure, POLARITY), 3),
        },
    }


def seeded_folds(sentences: Sequence[Sentence]) -> dict[str, object]:
    """Voices dealt into folds at random, several times: mean and spread of the accuracy."""
    runs: dict[str, list[float]] = {g: [] for g in LABELS}
    for seed in range(SEEDS):
        voices = sorted({s.voice for s in sentences})
        random.Random(seed).shuffle(voices)
        judged = held_out(sentences, [set(voices[i::FOLDS]) for i in range(FOLDS)])
        for granularity, found in runs.items():
            found.append(accuracy(judged, granularity))
    return {
        g: {"mean": round(mean(found), 3), "spread": round(stdev(found), 3)}
        for g, found in runs.items()
    }


def baselines(sentences: Sequence[Sentence]) -> dict[str, object]:
    """What always saying the commonest label, or counting lexicon words alone, would reach."""
    golds = {g: [s.labels[g] for s in sentences] for g in LABELS}
    counted = mean(_counted(s.text) == s.labels[POLARITY] for s in sentences)
    return {
        "commonest_label": {
            g: round(max(gold.count(label) for label in set(gold)) / len(gold), 3)
            for g, gold in golds.items()
        },
        "polarity_by_lexicon_alone": round(counted, 3),
    }


def _counted(text: str) -> str:
    values = dict(zip(CUES, read(text).cues, strict=True))
    if values["mostly_positive"]:
        return "positive"
    return "negative" if values["mostly_negative"] else "neutral"


def speed(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Median microseconds a sentence, and milliseconds for a text of 4,000 characters or more."""
    model = shipped_model()
    times = [_seconds(model, s.text) for s in sentences]
    long = "".join(s.text for s in sentences)[:8000]
    return {
        "median_microseconds": round(median(times) * 1e6),
        "long_text_milliseconds": round(median(_seconds(model, long) for _ in range(9)) * 1e3, 1),
        "model_kib": MODEL.stat().st_size // 1024,
    }


def _seconds(model: SentimentModel, text: str) -> float:
    start = perf_counter()
    model.probabilities(text)
    return perf_counter() - start


def main() -> None:
    """Measure everything and write it down."""
    sentences = read_sentences()
    result = {
        "leave_one_voice_out": leave_one_voice_out(sentences),
        "five_folds_of_voices": seeded_folds(sentences),
        "blind": rates(judge_all(shipped_model(), read_sentences((BLIND,)))),
        "baselines": {
            source: baselines(read_sentences((source,))) for source in (*TRAINING, BLIND)
        },
        "speed": speed(sentences),
    }
    text = json.dumps(result, indent=1, ensure_ascii=False)
    RESULT.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
