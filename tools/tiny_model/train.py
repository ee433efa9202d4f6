"""Training: first copying as such, then calls, with the loss of the completions alone."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import torch
from transformers import DynamicCache, Gemma3ForCausalLM, PreTrainedTokenizerBase

from tiny_model.scenes import Scene, make_scene
from tiny_model.source import Source

RATE = 2e-3
OFTEN = 4
"""Copying is practised in one step of so many."""
NARROW = 0.7
"""Share of the steps with few functions, which are quicker."""
IGNORED = -100
FIRST_PIECE = 300
"""Pieces after the control tokens and the bytes: what copying is practised on."""
MARKS = (4, 15)
"""Control tokens, one of which stands before every span."""
ROWS = 32


def practise(model: Gemma3ForCausalLM, steps: int, seed: int) -> Iterator[float]:
    """Teach copying alone, with spans of random tokens; yields losses."""
    generator = torch.Generator().manual_seed(seed)
    yield from _descend(model, lambda: copying_loss(model, generator), steps)


def train(
    model: Gemma3ForCausalLM,
    tokenizer: PreTrainedTokenizerBase,
    source: Source,
    steps: int,
    seed: int,
    size: int = 24,
) -> Iterator[float]:
    """Train on scenes of `size` cases, in place; yields losses.

    Copying goes on being practised: the first calls would unlearn it.
    """
    random, generator = Random(seed), torch.Generator().manual_seed(seed + 1)
    count = iter(range(steps))

    def loss() -> torch.Tensor:
        step = next(count)
        scene = make_scene(source, size, random, wide=step >= NARROW * steps)
        loss = scene_loss(model, tokenizer, scene)
        return loss if step % OFTEN else loss + copying_loss(model, generator)

    yield from _descend(model, loss, steps)


def copying_loss(model: Gemma3ForCausalLM, generator: torch.Generator) -> torch.Tensor:
    """The mean loss of spans of random rows that are said again, but for their first tokens."""

    def draw(low: int, high: int, *size: int) -> torch.Tensor:
        return torch.randint(low, high, size, generator=generator)

    length, width = int(draw(8, 24)), int(draw(3, 8))
    row = draw(FIRST_PIECE, model.config.vocab_size, ROWS, length)
    unlearned = torch.full((ROWS, 1), IGNORED)
    ids = [torch.full((ROWS, 1), model.config.bos_token_id), row]
    labels = [unlearned.expand(-1, length + 1)]
    for _ in range(4):
        span = row.gather(1, draw(0, length - width + 1, ROWS, 1) + torch.arange(width))
        ids += [draw(*MARKS, ROWS, 1), span]
        labels += [unlearned, unlearned, span[:, 1:]]
    return _loss(model(torch.cat(ids, 1)).logits, torch.cat(labels, 1))


def _descend(
    model: Gemma3ForCausalLM, loss_of_next: Callable[[], torch.Tensor], steps: int
) -> Iterator[float]:
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=RATE, total_steps=steps, pct_start=0.1, cycle_momentum=False
    )
    model.train()
    for _ in range(steps):
        loss = loss_of_next()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        yield loss.item()
    model.eval()


def scene_loss(
    model: Gemma3ForCausalLM, tokenizer: PreTrainedTokenizerBase, scene: Scene
) -> torch.Tensor:
    """The mean loss of the completions' tokens; the developer turn is computed once for all."""
    head = torch.tensor([tokenizer(scene.head)["input_ids"]])
    cache = DynamicCache(config=model.config)
    model(head, past_key_values=cache, logits_to_keep=1)
    cache.batch_repeat_interleave(len(scene.pairs))
    rows = [_row(tokenizer, *pair) for pair in scene.pairs]
    ids = _padded([ids for ids, _ in rows], tokenizer.pad_token_id)
    labels = _padded([labels for _, labels in rows], IGNORED)
    seen = torch.cat([torch.ones(len(rows), head.shape[1]), ids != tokenizer.pad_token_id], 1)
    return _loss(model(ids, past_key_values=cache, attention_mask=seen).logits, labels)


def _loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The mean over all tokens with a label."""
    return torch.nn.functional.cross_entropy(
        logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED
    )


def _row(
    tokenizer: PreTrainedTokenizerBase, prompt: str, completion: str
) -> tuple[list[int], list[int]]:
    before = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    after = tokenizer(completion, add_special_tokens=False)["input_ids"]
    return before + after, [IGNORED] * len(before) + after


def _padded(rows: Sequence[Sequence[int]], fill: int) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (longest - len(row))] for row in rows])
