"""A real PostgreSQL server for tests, where one is installed: started once, and a database of its own for who asks."""

from __future__ import annotations

import getpass
import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

HOST = "127.0.0.1"


@contextmanager
def server() -> Iterator[str]:
    """A server as a URL; skips where there is none, or no driver."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not here: install counterpoise[postgres]")
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        pytest.skip("there is no PostgreSQL server here (initdb, pg_ctl)")
    with TemporaryDirectory(prefix="postgres-") as folder, running(Path(folder)) as url:
        yield url  # not below pytest's own folder, into which no other user may look


@contextmanager
def database(url: str) -> Iterator[str]:
    """A new database of a server, gone again afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server in this folder. It refuses to run as root, so root starts it as the user postgres."""
    prefix = []
    if getpass.getuser() == "root":
        become = shutil.which(
            "runuser", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/sbin"
        )
        if become is None:
            pytest.skip("runuser is not here: PostgreSQL does not run as root")
        prefix = [become, "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    data = str(folder / "data")
    initdb = ["initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"]
    options = f"-p {port} -h {HOST} -k {folder} -c fsync=off"
    start = ["pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"]
    _run([*prefix, *initdb])
    _run([*prefix, *start])
    try:
        yield f"postgresql+psycopg://postgres@{HOST}:{port}/postgres"
    finally:
        _run([*prefix, "pg_ctl", "-D", data, "-m", "fast", "stop"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603 - written above
