"""Frames become phrases: 明日から3日間, 月曜と木曜, 今から2時間後."""

from collections.abc import Iterator

from funcgemma.language.values.times.frame import Frame
from funcgemma.language.values.times.joins import Join, Phrase, join_of, mergeable


def read_phrases(text: str, frames: list[Frame]) -> Iterator[Phrase]:
    """Join neighbouring frames; a length of time that nothing stands before is left out."""
    current: Phrase | None = None
    for frame in frames:
        if current is not None:
            since = _since(text, current, frame)
            if since is not None:
                current = Phrase([since])
                continue
            join = join_of(text, current, frame)
            if join is not None:
                _add(current, frame, join)
                continue
            yield from _kept(current)
        current = Phrase([frame])
    if current is not None:
        yield from _kept(current)


def _since(text: str, phrase: Phrase, new: Frame) -> Frame | None:
    """今から2時間後, 明日から3日後, 9時から1時間おき: counted from what stands before."""
    last = phrase.frames[-1]
    if phrase.join or text[last.end : new.start].strip() not in ("から", "より"):
        return None
    if last.now and (new.minutes is not None or new.counted):
        return new.changed(start=last.start)
    if new.counted and last.offset is not None and not (last.clock or last.part):
        return new.changed(start=last.start, offset=last.offset + (new.offset or 0))
    if last.clock and new.every and new.every.frequency in ("HOURLY", "MINUTELY"):
        return new.changed(start=last.start, clock=last.clock, part=last.part)
    return None


def _kept(phrase: Phrase) -> Iterator[Phrase]:
    if len(phrase.frames) > 1 or phrase.frames[0].span is None:
        yield phrase


def _add(phrase: Phrase, new: Frame, join: Join) -> None:
    """Take a frame into a phrase; what returns on several days becomes one frame."""
    last = phrase.frames[-1]
    week = bool(last.weekdays and new.weekdays) or join == "list"
    if (last.every or new.every) and week and mergeable(last, new):
        for frame in reversed(phrase.frames):
            new = merged(frame, new, join)
        phrase.frames, phrase.join = [new], None
        return
    phrase.join = join
    phrase.frames.append(new)


def merged(a: Frame, b: Frame, join: Join) -> Frame:
    """One recurring frame out of two."""
    weekdays = a.weekdays + b.weekdays
    if join == "range":
        first, last = a.weekdays[-1], b.weekdays[0]
        weekdays = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return b.changed(
        start=a.start,
        weekdays=tuple(dict.fromkeys(weekdays)),
        dom=tuple(dict.fromkeys(a.dom + b.dom)),
        nth=tuple(dict.fromkeys(a.nth + b.nth)),
        month=b.month or a.month,
        clock=b.clock or a.clock,
        part=b.part or a.part,
        every=a.every or b.every,
    )
