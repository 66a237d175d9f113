"""Whether a file of a company folder is one to read: an ordinary one, of some size, that lies in the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG

MOST = 5_000_000
"""Bytes. The largest file of the shipped catalog has a hundredth of it."""


def unfit(path: Path, folders: Sequence[Path] = ()) -> str | None:
    """Why a file is not read, to stand after its name; None where it is. A link may not lead out of ``folders``."""
    try:
        found = path.stat()
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not S_ISREG(found.st_mode):
        return "is no ordinary file"
    if found.st_size > MOST:
        return f"is larger than {MOST // 1_000_000} MB"
    real = path.resolve()
    if folders and not any(real.is_relative_to(folder.resolve()) for folder in folders):
        return "is a link that leads out of the company folder"
    return None
