"""What models say about ``tests/scorecards.py``: labelled honest sentences, and outputs that must be refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.yaml_file import read_yaml

HERE = Path(__file__).parent
SETS = ("known", "fresh", "held_out", "last", "third", "fourth", "fifth", "sixth", "seventh")


def honest(name: str) -> list[str]:
    """One of the labelled sets of true sentences."""
    return list(read_yaml(HERE / f"honest_{name}.yaml"))


HONEST = [sentence for name in SETS for sentence in honest(name)]
HOSTILE: list[Mapping[str, Any]] = [
    lie for file in sorted((HERE / "hostile").glob("*.yaml")) for lie in read_yaml(file)
]
"""Each with ``say``, ``why`` it must be refused, and in ``keep`` those of its sentences that may stand."""
