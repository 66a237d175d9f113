"""Processes that hold something on a lease: how they are named, and whether one may still run."""

from __future__ import annotations

import os
import socket
from uuid import uuid4


def new_holder() -> str:
    """A name for this process that no other one has, and that says where it runs."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


def may_live(holder: str) -> bool:
    """Whether a process may still run: of this machine it is known, of another one its lease decides."""
    host, pid, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
