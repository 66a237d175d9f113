"""A small real model on this machine: its file and `xllamacpp` make a server on a free port of loopback."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODELS = {"smollm2-135m": "smollm2-135m.gguf", "qwen2.5-coder-1.5b": "qwen2.5-coder-1.5b.gguf"}
"""Names that ``../shared/tools/fetch_model.py`` knows, and the files they are kept in."""

FOLDER = "COUNTERPOISE_EVAL_MODELS"
"""Names the folder of model files; else the one that the Makefile fetches them into."""

CONTEXT = 8192
"""Room for a reading prompt with the whole catalog in it."""


def file_of(name: str) -> Path:
    """Where a model's file is kept, whether it is there or not."""
    folder = os.environ.get(FOLDER) or Path(__file__).parents[2] / ".counterpoise" / "models"
    return Path(folder) / MODELS[name]


def why_not(name: str) -> str | None:
    """Why a model cannot be run here, or None."""
    if importlib.util.find_spec("xllamacpp") is None:
        return "xllamacpp is not installed (pip install 'counterpoise[eval]')"
    if not file_of(name).exists():
        return f"{MODELS[name]} was not fetched (../shared/tools/fetch_model.py {name} FILE)"
    return None


@contextmanager
def running(name: str) -> Iterator[str]:
    """Run the model in this process; gives what OPENAI_BASE_URL wants."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(file_of(name))
    wanted.n_ctx = CONTEXT
    wanted.n_parallel = 1
    wanted.verbosity = 0
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    server = xllamacpp.Server(wanted)  # its threads wait for each other: one processor is left to the rest
    yield f"{server.listening_address}/v1"
    del server
