"""Source: where a definition or a rule comes from."""

from __future__ import annotations

from metrics.definition import Frozen


class Source(Frozen):
    """Where a fact comes from. Grade A: regulator or standard; B: vendor documentation; C: secondary."""

    id: str
    what: str
    url: str
    grade: str
