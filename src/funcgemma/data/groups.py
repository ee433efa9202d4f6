"""Which cases belong together: by writer, group or dialogue, and with what was made of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from funcgemma.records import Case


def block_of(case_id: str) -> str:
    """The dialogue that a case is a turn of: w01-0007.2 belongs to w01-0007."""
    stem, dot, turn = case_id.rpartition(".")
    return stem if dot and turn.isdecimal() else case_id


def source_of(case: Case) -> str:
    """The id of the case that a generated one comes from; its own id where it was written."""
    provenance = case.extra.get("provenance")
    known = provenance.get("case") if isinstance(provenance, Mapping) else None
    return str(known or case.id)


def writer_groups(cases: Sequence[Case]) -> list[list[int]]:
    """Indices of cases that share a writer, a group or a source, in order of appearance.

    Ids count only where they must (for what has neither writer nor group, and for sources
    of generated cases), because two files may well number their cases alike.
    """
    sources = {block_of(source_of(case)) for case in cases if source_of(case) != case.id}
    return _joined([list(_keys(case, sources)) for case in cases])


def dialogue_groups(cases: Sequence[Case]) -> list[list[int]]:
    """Indices of cases of one dialogue, with what was generated from it."""
    return _joined([[block_of(source_of(case))] for case in cases])


def _keys(case: Case, sources: Collection[str]) -> Iterator[str]:
    block = block_of(source_of(case))
    if case.writer:
        yield f"writer {case.writer}"
    if case.group:
        yield f"group {case.group}"
    if block in sources or not (case.writer or case.group):
        yield f"block {block}"


def _joined(keys: Sequence[Sequence[str]]) -> list[list[int]]:
    """Join what shares a key, however long the chain."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    for own in keys:
        for key in own:
            parent[root(key)] = root(own[0])
    found: dict[str, list[int]] = {}
    for index, own in enumerate(keys):
        found.setdefault(root(own[0]), []).append(index)
    return list(found.values())
