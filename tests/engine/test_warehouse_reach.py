"""A warehouse that cannot be reached: one sentence, whatever its driver raises and logs."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

from bot.cli import main
from metrics.errors import CompanyError
from metrics.folder.company import read_company
from metrics.load import load_catalog
from metrics.opening import open_company
from metrics.warehouse.address import address
from tests.tiny import tiny_folder

DEALS = {"opportunities": "opportunity_id closed_on outcome\n1 2025-11-01 won"}


class TransportError(Exception):
    """An error as Thrift has it: none of those that the standard of drivers names."""

    __module__ = "thrift.transport"


class Elsewhere(DefaultDialect):
    """A database that nobody answers for, with a driver that logs at a level of its own."""

    name, driver, supports_statement_cache = "elsewhere", "thrifty", True

    @classmethod
    def import_dbapi(cls) -> Any:
        return SimpleNamespace(Error=sa.exc.DBAPIError, paramstyle="named")

    def connect(self, *_given: Any, **_named: Any) -> Any:
        logger = logging.getLogger("thrifty")
        logger.setLevel(logging.INFO)
        logger.warning("retrying")
        raise TransportError("Could not connect to any of [('127.0.0.1', 1)]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sa.dialects.registry.impls, "elsewhere", lambda: Elsewhere)
    return tiny_folder(tmp_path, DEALS, 'url = "elsewhere://host/database"\n')


def test_an_error_of_a_drivers_own_is_told_as_one_that_cannot_be_reached(folder: Path) -> None:
    with pytest.raises(CompanyError, match=r"cannot be reached: Could not connect to any of .*look at `url`"):
        open_company(folder)


def test_nothing_is_said_beside_that_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--company", str(folder)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "retrying" not in said.err


def test_a_mistake_of_ours_is_not_taken_for_the_drivers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_given: Any, **_named: Any) -> Any:
        raise TypeError("ours")

    monkeypatch.setattr(Elsewhere, "connect", wrong)
    with pytest.raises(TypeError, match="ours"):
        open_company(folder)


def test_postgres_is_understood_as_hosts_of_databases_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSTED", "postgres://ann:secret@db.example.com:5432/deals")
    folder = tiny_folder(tmp_path, DEALS, 'url = "env:HOSTED"\n')
    url = address(read_company(folder, load_catalog().tables))
    assert (url.drivername, url.host, url.database) == ("postgresql+psycopg", "db.example.com", "deals")
