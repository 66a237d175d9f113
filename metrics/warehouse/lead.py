"""Holds the operator's SELECT on a lead: exactly one SELECT, and files only from the folders it may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from os.path import relpath
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from metrics.errors import CompanyError

DATA_FILES = (".csv", ".tsv", ".parquet", ".json", ".ndjson", ".csv.gz", ".json.gz")
STRING = re.compile(r"'((?:[^']|'')*)'")
WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Copy, exp.Into)


def checked_select(table: str, sql: str, dialect: str) -> str:
    """The SELECT as it may run.

    Raises:
        CompanyError: it cannot be read, is not one statement, or is no SELECT.
    """
    name = f"tables/{table}.sql"
    try:
        statements = [statement for statement in sqlglot.parse(sql, read=dialect) if statement is not None]
    except SqlglotError as error:
        reason = str(error).splitlines()[0].split(". Line")[0].rstrip(".")
        raise CompanyError(f"{name} cannot be read as {dialect} SQL ({reason}): write one SELECT.") from None
    if len(statements) != 1:
        raise CompanyError(f"{name} holds {len(statements)} statements: write exactly one SELECT.")
    statement = statements[0]
    if not isinstance(statement, exp.Query) or any(statement.find(kind) for kind in WRITES):
        raise CompanyError(f"{name} is no SELECT: a company folder only reads, so write exactly one SELECT.")
    return sql


def placed_files(sql: str, folder: Path, dialect: str) -> str:
    """The SELECT with the relative paths of data files made absolute: they are relative to the folder."""
    pieces: list[str] = []
    end = 0
    for token in sqlglot.tokenize(sql, read=dialect):
        if token.token_type is not TokenType.STRING or not token.text.lower().endswith(DATA_FILES):
            continue
        if Path(token.text).is_absolute() or "://" in token.text:
            continue
        start = token.start
        pieces += [sql[end:start], quoted((folder / token.text).resolve())]
        end = token.end + 1
    return "".join([*pieces, sql[end:]])


def unplaced_files(sql: str, folder: Path) -> str:
    """A statement with the paths of data files relative to the folder again: a receipt tells of no machine."""

    def relative(found: re.Match[str]) -> str:
        path = found[1].replace("''", "'")
        if not Path(path).is_absolute() or not path.lower().endswith(DATA_FILES):
            return found[0]
        return quoted(relpath(path, folder))

    return STRING.sub(relative, sql)


def quoted(value: Path | str) -> str:
    """A value as a SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def duckdb_lead(folders: Sequence[Path]) -> list[str]:
    """The statements that keep a DuckDB connection to these folders, without extensions, for good."""
    allowed = ", ".join(quoted(f"{folder}/") for folder in folders)
    return [
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_directories = [{allowed}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ]
