"""Does augmentation help with writers that nobody has seen? Cross-writer folds, paired.

    .venv/bin/python benchmarks/augmentation.py [--rows 2000] [--whole values all]

The corpus is parted by writer into 3 folds, with 2 seeds. For each transform, rows made
from the training side only are added to it, the function chooser is fitted, and the held-out
fold is judged by both choosers, the one with the rows and the one without. Each difference
has a 95 % interval from a bootstrap over writers. Measures of the chooser, which no
threshold and no share of labels moves:

- function: of requests, the share whose best function is one that is asked for;
- silence: the area under the curve of the best function's lead over no_function;
- changed: as function, on held-out text that the same transform has changed.

`repeat` is the control: the rows are copies. `clock` changes no text and goes with `dates`.
`--whole NAME ...` also trains the whole router for these, thresholds and all, which takes
minutes each. Writes benchmarks/results/augmentation.json.
"""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
from accuracy import plain

from funcgemma.data.augment.backend import CorpusBackend
from funcgemma.data.augment.kit import make_kit
from funcgemma.data.augment.recipes import TRANSFORMS, usable, vary
from funcgemma.data.generate import generate
from funcgemma.data.labels import NO_FUNCTION
from funcgemma.data.scoring import score_calls
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.resolver.embedded.features import NONE, utterance_vector
from funcgemma.router import Router
from funcgemma.training.build import build_model
from funcgemma.training.embedded import chooser_features, fit_chooser
from funcgemma.training.examples import read_examples
from funcgemma.training.folds import writer_folds

PATH = Path(__file__).parent / "results" / "augmentation.json"
FOLDS, SEEDS, DRAWS = 3, (1, 2), 5000
VARIANTS = {
    "repeat": (),
    **{name: (name,) for name in TRANSFORMS if name not in ("dates", "clock")},
    "dates": ("dates", "clock"),
    "all": tuple(TRANSFORMS),
}


def extra_rows(training, methods, registry, rows, seed):
    """Rows made from the training side, as even over the labels as the methods allow."""
    if not methods:
        return tuple(random.Random(seed).choices(training, k=rows))
    backend = CorpusBackend(training, registry.schemas, methods)
    taken = {case.text for case in training}
    return generate(backend, [*registry.names, NO_FUNCTION], rows, seed=seed, taken=taken)


def chooser_scores(chooser, examples, features):
    """(right function, lead of the best function over none) for each example."""
    none = chooser.labels.index(NONE)
    result = []
    for example, own in zip(examples, features, strict=True):
        scores = chooser.scores(own, utterance_vector(example.view)).astype(float)
        lead, scores[none] = scores[none], -np.inf
        right = chooser.labels[int(scores.argmax())] in example.labels
        result.append((right, scores.max() - lead))
    return np.array(result)


def area(leads, needs):
    """Area under the ROC curve; None without both kinds."""
    if needs.all() or not needs.any():
        return None
    difference = leads[needs][:, None] - leads[~needs][None, :]
    return float((difference > 0).mean() + 0.5 * (difference == 0).mean())


def by_writer(table, measure, writers, values):
    """Put a (sum, weight) of each writer into a table: (measure, writer) -> list."""
    for writer in sorted(set(writers)):
        mine = np.array([w == writer for w in writers])
        pair = values(mine)
        if pair is not None:
            table.setdefault((measure, writer), []).append(pair)


def judge_chooser(table, chooser, held, features, changed, changed_features):
    """Judge a chooser on held-out examples as written and as changed."""
    needs = np.array([e.label != NONE for e in held])
    scores = chooser_scores(chooser, held, features)
    writers = [e.case.writer for e in held]

    def silence(mine):
        value = area(scores[mine, 1], needs[mine])
        return None if value is None else (value * mine.sum(), mine.sum())

    by_writer(
        table, "function", writers,
        lambda mine: (scores[mine & needs, 0].sum(), (mine & needs).sum()),
    )  # fmt: skip
    by_writer(table, "silence", writers, silence)
    if changed:
        other = chooser_scores(chooser, changed, changed_features)
        by_writer(
            table, "changed", [e.case.writer for e in changed],
            lambda mine: (other[mine, 0].sum(), mine.sum()),
        )  # fmt: skip


def judge_router(table, training, held, registry, seed):
    """Train the whole router and judge its calls."""
    router = Router(registry, build_model(training, registry, seed=seed))
    found = [
        score_calls(router.route(plain(case)).calls, case.calls, registry.schemas) for case in held
    ]
    writers, none = [case.writer for case in held], np.array([not case.calls for case in held])
    for measure, right, counted in (
        ("whole_function", [s.function_right for s in found], none | True),
        ("whole_call", [s.call_right for s in found], none | True),
        ("whole_no_function", [not s.false_action for s in found], none),
    ):
        values = np.array(right)
        by_writer(
            table, measure, writers,
            lambda mine, v=values, c=counted: (v[mine & c].sum(), (mine & c).sum()),
        )  # fmt: skip


def compared(ours, base):
    """Mean of each measure, and its difference from the base with an interval over writers."""
    rng, result = np.random.default_rng(0), {}
    for measure in dict.fromkeys(name for name, _ in ours):
        keys = [key for key in ours if key[0] == measure and key in base]
        a, b = (np.array([np.sum(t[key], axis=0) for key in keys]) for t in (ours, base))
        draws = rng.integers(0, len(keys), (DRAWS, len(keys)))
        boot = (a[:, 0] - b[:, 0])[draws].sum(1) / a[:, 1][draws].sum(1)
        low, high = np.quantile(boot, (0.025, 0.975))
        result[measure] = {
            "without": round(b[:, 0].sum() / b[:, 1].sum(), 4),
            "with": round(a[:, 0].sum() / a[:, 1].sum(), 4),
            "difference": round((a[:, 0] - b[:, 0]).sum() / a[:, 1].sum(), 4),
            "interval": [round(float(low), 4), round(float(high), 4)],
        }
    return result


def one_fold(tables, training, held, options, registry, definitions, seed):
    """Fit with and without each variant's rows, and judge the held-out cases."""
    base = read_examples(training, definitions)
    base_features = chooser_features(base)
    examples = read_examples(held, definitions)
    features = chooser_features(examples)
    plain_chooser = fit_chooser(base, base_features, seed)
    kit = make_kit(training, registry.schemas)
    if options.whole:
        without = {}
        judge_router(without, training, held, registry, seed)
    for name, methods in VARIANTS.items():
        ours, theirs = tables[name]
        rows = extra_rows(training, methods, registry, options.rows, seed)
        more = read_examples(rows, definitions)
        chooser = fit_chooser([*base, *more], [*base_features, *chooser_features(more)], seed)
        made = [
            vary(c, random.Random(c.id), kit, methods) for c in held if c.calls and usable(c, kit)
        ]
        changed = read_examples([row for row, _ in filter(None, made)], definitions)
        own = chooser_features(changed)
        judge_chooser(ours, chooser, examples, features, changed, own)
        judge_chooser(theirs, plain_chooser, examples, features, changed, own)
        if name in options.whole:
            judge_router(ours, [*training, *rows], held, registry, seed)
            for key, pairs in without.items():
                theirs.setdefault(key, []).extend(pairs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--whole", nargs="*", choices=list(VARIANTS), default=[])
    options = parser.parse_args()
    registry = builtin_registry()
    definitions = {d.name: d for d in registry}
    cases = read_files(shipped_files(), registry.schemas)
    tables = {name: ({}, {}) for name in VARIANTS}
    for seed in SEEDS:
        for number, test in enumerate(writer_folds(cases, FOLDS, seed), start=1):
            began, inside = time.monotonic(), set(test)
            training = [case for i, case in enumerate(cases) if i not in inside]
            held = [cases[i] for i in test]
            one_fold(tables, training, held, options, registry, definitions, seed)
            print(f"seed {seed}, fold {number}: {time.monotonic() - began:.0f} s", flush=True)
            result = {
                "cases": len(cases),
                "writers": len({case.writer for case in cases}),
                "folds": FOLDS,
                "seeds": seed,
                "rows_added": options.rows,
                "variants": {name: compared(*tables[name]) for name in VARIANTS},
            }
            PATH.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["variants"], indent=1))


if __name__ == "__main__":
    main()
