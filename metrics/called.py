"""A name as people write it -> the id of the metric or role that is called so."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.errors import UserError
from metrics.model import Metric, Role


def called(kind: str, written: str, known: Mapping[str, Metric] | Mapping[str, Role]) -> str:
    """The id of the one metric or role whose id, name or synonym is written so; else the name as it is written.

    A variant keeps its part behind the dot: ``NRR.by_account``.

    Raises:
        UserError: the name stands for several of them.
    """
    if written in known:
        return written
    base, dot, variant = written.partition(".")
    wanted = _plain(base)
    found = [
        one.id
        for one in known.values()
        if wanted in {_plain(name) for name in (one.id, one.name, *one.synonyms)}
    ]
    if len(found) > 1:
        raise UserError(f"{base!r} stands for several {kind}s: name {' or '.join(found)}.")
    return f"{found[0]}{dot}{variant}" if found else written


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
