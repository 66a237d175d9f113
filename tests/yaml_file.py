"""The tests' YAML files -> plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from metrics.load.nodes import LOADER


def read_yaml(file: Path) -> Any:
    """What a file of ours holds. Some have thousands of lines, and every worker reads them."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is a safe one
