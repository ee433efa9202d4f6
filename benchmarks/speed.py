"""How fast and how large: gate, router, training, import, memory, artefact, first run.

    .venv/bin/python benchmarks/speed.py

Writes benchmarks/results/speed.json. Times depend on the machine and on what else it does:
medians of many calls, and the ratio to scikit-learn's own pipeline in the same process, are
what lasts.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from funcgemma import Dialogue, Message
from funcgemma.data.shipped import read_files, shipped_files
from funcgemma.functions.builtin import builtin_registry
from funcgemma.language.normalise import gate_text
from funcgemma.model import save_model
from funcgemma.router import Router
from funcgemma.training.build import build_model

HERE = Path(__file__).parent
PEAK = (  # of this program alone: getrusage counts what the parent had when it forked
    "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
)
NOW = datetime(2026, 5, 13, 1, 20, tzinfo=UTC)


def quantiles(times_us):
    """p50 and p99 in microseconds."""
    ordered = sorted(times_us)
    return {
        "p50_us": round(statistics.median(ordered), 1),
        "p99_us": round(ordered[int(len(ordered) * 0.99)], 1),
        "calls": len(ordered),
    }


def timed(function, arguments):
    """Microseconds of each call, after a warm-up of every argument."""
    for argument in arguments:
        function(argument)
    times = []
    for argument in arguments:
        started = perf_counter()
        function(argument)
        times.append(1e6 * (perf_counter() - started))
    return times


def scikit_learn_gate(cases):
    """scikit-learn's own pipeline for the same job, as a function of one text."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    pipeline = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 4), binary=True), LinearSVC()
    )
    pipeline.fit([gate_text(c.text) for c in cases], [bool(c.calls) for c in cases])
    return lambda text: pipeline.decision_function([text])


def process(code, **environment):
    """Wall seconds and peak MiB of a fresh Python process, median of five."""
    walls, peaks = [], []
    for _ in range(5):
        started = perf_counter()
        script = f"{code}\n{PEAK}"
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **environment},
        )
        walls.append(perf_counter() - started)
        peaks.append(int(done.stdout.split()[-1]) / 1024)
    return {
        "seconds": round(statistics.median(walls), 3),
        "peak_mib": round(statistics.median(peaks), 1),
    }


def lengths(texts):
    """Up to 500 texts of each length, spread evenly over all writers."""
    groups = {}
    for low, high in ((1, 10), (10, 20), (20, 40), (40, 80), (80, 1000)):
        some = [t for t in texts if low <= len(t) < high]
        groups[f"{low}-{high}"] = some[:: max(1, len(some) // 500)][:500]
    return groups


def routed(router, by_length):
    """Quantiles of whole decisions about texts that the router has not decided before."""
    found = {}
    for name, some in by_length.items():
        seen = [Dialogue((Message("user", text),), NOW) for text in some]
        fresh = [Dialogue((Message("user", text + " "),), NOW) for text in some]
        for dialogue in seen:
            router.route(dialogue)
        times = []
        for dialogue in fresh:
            started = perf_counter()
            router.route(dialogue)
            times.append(1e6 * (perf_counter() - started))
        found[name] = quantiles(times)
    return found


def main():
    """Measure everything and write the result."""
    registry = builtin_registry()
    cases = read_files(shipped_files(), registry.schemas)
    started = perf_counter()
    model = build_model(cases, registry)
    training = perf_counter() - started
    japanese = [c for c in cases if c.language == "ja"]
    texts = [c.text for c in japanese]
    by_length = lengths(texts)
    gate = {name: quantiles(timed(model.gate.score, some)) for name, some in by_length.items()}
    twenty = [t for t in texts if 18 <= len(t) <= 22][::5][:300]
    ours, theirs = timed(model.gate.score, twenty), timed(scikit_learn_gate(cases), twenty)
    router = Router(registry, model)
    route = routed(router, lengths([c.text for c in japanese if c.calls and not c.history]))
    silent = routed(router, lengths([c.text for c in japanese if not c.calls and not c.history]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        save_model(model, path)
        size = sum(f.stat().st_size for f in path.iterdir())
        load = (
            "from pathlib import Path; from funcgemma import Router\n"
            "from funcgemma.functions.builtin import builtin_registry\n"
            f"Router.load(Path({str(path)!r}), builtin_registry())"
        )
        python = platform.python_version()
        result = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {python}",
            "gate_by_characters": gate,
            "gate_20_characters_us": round(statistics.median(ours), 1),
            "scikit_learn_pipeline_20_characters_us": round(statistics.median(theirs), 1),
            "ratio": round(statistics.median(theirs) / statistics.median(ours), 1),
            "route_by_characters": route,
            "route_of_what_asks_for_nothing_by_characters": silent,
            "training_seconds": round(training, 1),
            "training_cases": len(cases),
            "bare_python": process("pass"),
            "import_funcgemma": process("import funcgemma"),
            "load_router": process(load),
            "artefact_mib": round(size / 2**20, 2),
            "first_run": first_run(folder),
            "second_run": first_run(folder),
        }
    result["peak_mib_of_this_process"] = round(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1
    )
    (HERE / "results" / "speed.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


def first_run(folder):
    """Seconds of `funcgemma route TEXT` with this data folder (the first trains)."""
    started = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "funcgemma", "route", "明日の京都の天気は？", "--json"],
        env={**os.environ, "FUNCGEMMA_DATA_DIR": folder, "FUNCGEMMA_CONFIG": f"{folder}/none.toml"},
        capture_output=True,
        check=True,
    )
    return round(perf_counter() - started, 2)


if __name__ == "__main__":
    main()
