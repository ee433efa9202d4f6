"""How much memory tuning takes, estimated before it starts, rather high than low.

What a layer keeps of a token was counted on small Gemma-3 models with torch 2.13 (every tensor
that autograd saves), by width, by the width of the MLP and by that of the attention.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from funcgemma.finetune.encode import Lengths
from funcgemma.finetune.measures import Measures
from funcgemma.finetune.plan import TuningPlan

FULL, HALF = 4, 2
ADAM = 2
"""Numbers that the optimiser keeps of every trained weight, in full precision."""
LOGITS = 3
"""The logits, their softmax and their gradient, in full precision."""
WORKSPACE = 300_000_000
"""What libraries take for themselves."""
ROUND = 16

Sizes = Mapping[str, Lengths]
"""Of the examples, as `measure` tells them."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where tuning runs.

    Attributes:
        kind: `cuda`, `mps` or `cpu`.
        half: Whether it computes in bfloat16.
        free: Bytes that can be had; None = unknown.
    """

    kind: str
    half: bool = False
    free: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """Bytes by what takes them."""

    weights: int
    gradients: int
    optimiser: int
    activations: int
    logits: int
    workspace: int = WORKSPACE

    @property
    def total(self) -> int:
        """All of it."""
        parts = (self.weights, self.gradients, self.optimiser, self.activations, self.logits)
        return sum(parts) + self.workspace


def estimate(
    measures: Measures, plan: TuningPlan, device: Device, sizes: Sizes, length: int
) -> Estimate:
    """The memory of one step.

    Args:
        measures: Of the model.
        plan: How it is tuned.
        device: Where.
        sizes: Of the examples.
        length: Tokens of the longest one that is learned.
    """
    lora = plan.method == "lora"
    trained = measures.adapter(plan.lora_rank) if lora else measures.parameters
    kept = measures.parameters * (HALF if lora and device.half else FULL)
    head = sizes["functions"].longest
    tokens = head + plan.batch * max(0, length - head)
    completion = sizes["completion"].longest
    return Estimate(
        weights=kept + (trained * FULL if lora else 0),
        gradients=trained * FULL,
        optimiser=trained * FULL * ADAM,
        activations=_activations(measures, plan, device, tokens),
        logits=plan.batch * completion * measures.vocab_size * FULL * LOGITS
        + tokens * measures.hidden_size * FULL,
    )


def _activations(measures: Measures, plan: TuningPlan, device: Device, tokens: int) -> int:
    layers = measures.num_hidden_layers
    layer = _layer(measures, plan, device) * tokens
    if device.kind == "mps":  # its attention keeps the scores of all pairs of tokens
        layer += measures.num_attention_heads * tokens * tokens * FULL
    if not plan.checkpointing:
        return layers * layer
    return layers * tokens * measures.hidden_size * FULL + layer


def _layer(measures: Measures, plan: TuningPlan, device: Device) -> int:
    """Bytes that a layer keeps of a token for the way back."""
    full = plan.method == "full"
    attention = measures.head_dim * (
        measures.num_attention_heads + 2 * measures.num_key_value_heads
    )
    width = (40 if full else 24) + (2 if device.half else 0)
    wide = 8 if device.half else 16
    heads = (16 if full else 14) if device.half else (24 if full else 20)
    return width * measures.hidden_size + wide * measures.intermediate_size + heads * attention


@dataclass(frozen=True, slots=True)
class Fit:
    """What memory allows.

    Attributes:
        plan: With `checkpointing` decided.
        length: The most tokens an example may have, at most the longest there is; 0 = the
            model alone is too large.
        estimate: For examples of that length.
    """

    plan: TuningPlan
    length: int
    estimate: Estimate


def fit(measures: Measures, plan: TuningPlan, device: Device, sizes: Sizes) -> Fit:
    """Decide what was left open: recomputing activations, and the length.

    Args:
        measures: Of the model.
        plan: How it is tuned; a `max_length` that is given stands, whatever memory there is.
        device: Where, and how much memory is free.
        sizes: Of the examples.
    """
    longest = sizes["together"].longest
    wanted = min(longest, plan.max_length) if plan.max_length else longest

    def take(checkpointing: bool, length: int) -> Fit:
        chosen = replace(plan, checkpointing=checkpointing)
        return Fit(chosen, length, estimate(measures, chosen, device, sizes, length))

    if plan.checkpointing is None:
        plain = take(False, wanted)
        found = plain if _fits(plain, device) else take(True, wanted)
    else:
        found = take(plan.checkpointing, wanted)
    if plan.max_length or _fits(found, device):
        return found
    least = sizes["functions"].longest
    lengths = range(wanted, least, -ROUND)
    shorter = (take(bool(found.plan.checkpointing), length) for length in lengths)
    return next((f for f in shorter if _fits(f, device)), replace(found, length=0))


def _fits(found: Fit, device: Device) -> bool:
    return device.free is None or found.estimate.total <= device.free
