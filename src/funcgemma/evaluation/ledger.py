"""What the ledger remembers of a measurement: what was measured, how, and the main figures."""

from collections.abc import Mapping
from typing import Any

RATES = (
    "function_accuracy",
    "call_accuracy",
    "no_function_recall",
    "request_recall",
    "argument_accuracy",
)
SYSTEM_RATES = ("gate_accuracy", "no_function_recall", "function_accuracy", "call_accuracy")


def evaluation_record(
    report: Mapping[str, Any], *, functions: str = "", saved: str = ""
) -> dict[str, Any]:
    """The record of an evaluation.

    Args:
        report: What `build_report` made.
        functions: The file of functions, if one was given.
        saved: Where the report is kept; "" = nowhere.
    """
    times = report["latency_ms"]
    results = {name: report["summary"][name] for name in RATES}
    results["false_action_rate"] = report["false_actions"]["overall"]["rate"]
    results |= {"brier": report["brier"], "problems": report["problems"]}
    results |= {"latency_p50": times["p50"], "latency_p95": times["p95"]}
    results["llm_calls"] = report["llm_calls"]
    return _record("evaluate", report, results, functions, saved)


def benchmark_record(
    result: Mapping[str, Any], *, functions: str = "", saved: str = ""
) -> dict[str, Any]:
    """The record of a benchmark.

    Args:
        result: What `benchmark` made, with its `about`.
        functions: The file of functions, if one was given.
        saved: Where the result is kept; "" = nowhere.
    """
    systems = {system["name"]: _system(system) for system in result["systems"]}
    return _record("benchmark", result, {"systems": systems}, functions, saved)


def _system(system: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: system[name] for name in SYSTEM_RATES if system[name] is not None}
    times = system["latency_ms"]
    return found | {"latency_p50": times["p50"], "llm_calls": system["llm_calls"]}


def _record(
    command: str, made: Mapping[str, Any], results: Mapping[str, Any], functions: str, saved: str
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "command": command,
        "about": dict(made["about"]),
        "cases": made["cases"],
        "results": dict(results),
    }
    if functions:
        record["functions_file"] = functions
    return record | {"report": saved or None}
