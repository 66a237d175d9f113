"""What models say about ``tests/scorecards.py``: labelled honest sentences, and outputs that must be refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SETS = ("known", "fresh", "held_out", "last", "third", "fourth", "fifth", "sixth", "seventh")


def honest(name: str) -> list[str]:
    """One of the labelled sets of true sentences."""
    return list(yaml.safe_load((HERE / f"honest_{name}.yaml").read_text(encoding="utf-8")))


HONEST = [sentence for name in SETS for sentence in honest(name)]
HOSTILE: list[Mapping[str, Any]] = [
    lie
    for file in sorted((HERE / "hostile").glob("*.yaml"))
    for lie in yaml.safe_load(file.read_text(encoding="utf-8"))
]
"""Each with ``say``, ``why`` it must be refused, and in ``keep`` those of its sentences that may stand."""
