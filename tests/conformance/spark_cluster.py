"""Spark as a cluster of its own on this machine: a master, two workers and the SQL server, all on loopback.

It comes from the `pyspark` wheel, found through SPARK_HOME or an importable pyspark: it is far too large for
the bot's own environment.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
SERVER = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
PATIENCE = 180


def spark_home() -> Path | None:
    """Where Spark is, if it is here."""
    if os.environ.get("SPARK_HOME"):
        return Path(os.environ["SPARK_HOME"])
    found = importlib.util.find_spec("pyspark")
    return Path(found.origin).parent if found and found.origin else None


def lacking() -> str:
    """Why there can be no cluster here; empty if there can."""
    home = spark_home()
    if home is None or not (home / "bin" / "spark-class").is_file():
        return "Spark is not here: install pyspark into an environment of its own and set SPARK_HOME"
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "Java is not here"
    if importlib.util.find_spec("pyhive") is None:
        return "pyhive is not here: install counterpoise[spark]"
    return ""


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running cluster, as the URL of its SQL server. Everything is stopped afterwards."""
    home = spark_home()
    assert home is not None
    master, ui, server = _free_port(), _free_port(), _free_port()
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    at = f"spark://{HOST}:{master}"
    commands = [
        ["bin/spark-class", MASTER, "--host", HOST, "--port", str(master), "--webui-port", str(ui)],
        *(
            [
                "bin/spark-class",
                WORKER,
                "--host",
                HOST,
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                at,
            ]
            for _ in range(2)
        ),
        ["bin/spark-submit", "--class", SERVER, "--master", at, *_settings(folder, server), "spark-internal"],
    ]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number, (command, *arguments) in enumerate(commands):
            with (folder / f"spark-{number}.log").open("wb") as log:
                started.append(
                    subprocess.Popen(  # noqa: S603 - the commands are written above
                        [str(home / command), *arguments],
                        env=environment,
                        cwd=folder,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
            if number == 0:
                _wait_for(master, started)
        _wait_for(server, started)
        yield f"hive://test@{HOST}:{server}/default?auth=NOSASL"
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _settings(folder: Path, port: int) -> list[str]:
    values = {
        "spark.driver.bindAddress": HOST,
        "spark.driver.host": HOST,
        "spark.driver.memory": "1g",
        "spark.executor.memory": "768m",
        "spark.executor.cores": "1",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:memory:metastore;create=true",
        "spark.hadoop.hive.server2.thrift.bind.host": HOST,
        "spark.hadoop.hive.server2.thrift.port": str(port),
        "spark.hadoop.hive.server2.authentication": "NOSASL",
    }
    return [part for name, value in values.items() for part in ("--conf", f"{name}={value}")]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, started: list[subprocess.Popen[bytes]]) -> None:
    """Until something listens on the port."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if any(process.poll() is not None for process in started):
            break
        time.sleep(0.5)
    raise RuntimeError("Spark did not start; its logs lie beside the test's temporary files")
