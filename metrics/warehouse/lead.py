"""Holds the operator's SELECT on a lead: exactly one SELECT, and files only from the folders it may read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from os.path import relpath
from pathlib import Path

import sqlglot
from sqlglot import Dialect, Token, exp
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import TokenType

from metrics.errors import BrokenTableError
from metrics.warehouse.deeds import deed_of

DATA_FILES = (".csv", ".tsv", ".parquet", ".json", ".ndjson", ".jsonl")
READERS = re.compile(r"read_\w+|parquet_\w+|sniff_csv|glob")
"""Functions of DuckDB whose first argument is a file, several files or a pattern."""
FILES = re.compile("|".join([READERS.pattern, *map(re.escape, DATA_FILES)]), re.IGNORECASE)
"""What stands somewhere in every SELECT that names a file: most do not, and need not be taken apart for it."""
WRITES = (
    *(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Copy, exp.Into),
    exp.QueryTransform,  # Spark sends the rows through a program
)
LONGEST = 300_000
"""Characters of a SELECT that are read: it takes about two seconds, and every command would wait for it."""
WIDEST = 1_000
"""Columns that a SELECT may give; a canonical table has a dozen, and each is read when rows are looked at."""
JOINED_ROWS = re.compile(r"\(\s*VALUES\b.*\bUNION\b", re.IGNORECASE | re.DOTALL)
"""Rows in brackets with others put to them, which sqlglot cannot read."""
DISGUISED = re.compile(r"\bu&(?=\")", re.IGNORECASE)
"""The beginning of a name that PostgreSQL spells with escapes, so that it can be any."""
NAMES = {"postgresql": "postgres", "mssql": "tsql", "mariadb": "mysql", "awsathena": "athena"}
"""What sqlglot calls a dialect where SQLAlchemy calls it otherwise."""


def dialect_name(name: str) -> str:
    """The name by which sqlglot knows a dialect of SQLAlchemy; empty, so any SQL, where it knows none."""
    found = NAMES.get(name, name)
    return found if Dialect.get(found) else ""


@lru_cache(maxsize=128)
def checked_select(table: str, sql: str, dialect: str) -> str:
    """The SELECT as it may run, without what follows it. A company is often opened again with the same ones.

    Raises:
        BrokenTableError: it cannot be read, is not one statement, or is no SELECT.
    """
    name = f"tables/{table}.sql"
    if len(sql) > LONGEST:
        raise BrokenTableError(
            f"{name} has {len(sql):,} characters, and {LONGEST:,} are read: put rows into a file and SELECT from that."
        )
    try:
        parsed = sqlglot.parse(sql, read=dialect)
    except SqlglotError as error:
        raise BrokenTableError(
            f"{name} cannot be read as {dialect} SQL ({_reason(error)}): write {_instead(sql)}."
        ) from None
    except RecursionError:
        raise BrokenTableError(f"{name} is nested too deeply: write a plainer SELECT.") from None
    statements = [one for one in parsed if one is not None and not isinstance(one, exp.Semicolon)]
    if len(statements) != 1:
        raise BrokenTableError(f"{name} holds {len(statements)} statements: write exactly one SELECT.")
    statement = statements[0]
    refuse_wide(table, len(_reading(name, sql, statement, dialect).selects))
    if ";" not in sql:
        return sql.strip()
    ends = (
        token.start
        for token in sqlglot.tokenize(sql, read=dialect)
        if token.token_type is TokenType.SEMICOLON
    )
    return sql[: next(ends, len(sql))].strip()


def _instead(sql: str) -> str:
    """What to write where a SELECT cannot be read: rows that others are put to are not read as they stand."""
    if JOINED_ROWS.search(sql):
        return (
            "SELECT * FROM (VALUES ...) AS v UNION ALL SELECT ..., for VALUES before UNION is not read here"
        )
    return "one SELECT"


def _reason(error: SqlglotError) -> str:
    """Why a SELECT cannot be read and where, as far as its reader says so in words that are not its own code."""
    first = next(iter(error.errors), {}) if isinstance(error, ParseError) else {}
    place = f", line {first['line']}, column {first['col']}" if first.get("line") and first.get("col") else ""
    said = str(error).splitlines()[0].split(". Line")[0].rstrip(".")
    if "<" in said or said.startswith("Invalid expression"):
        said = f"it makes no sense at {first.get('highlight') or 'its end'}, perhaps a name that wants double quotes"
    return f"{said}{place}"


def _reading(name: str, sql: str, statement: exp.Expr, dialect: str) -> exp.Query:
    """The statement, if it only reads.

    Raises:
        BrokenTableError: it does more than that, and what.
    """
    parts = list(
        statement.find_all(exp.Func, *WRITES)
    )  # one walk: most of what a long VALUES costs is walking it
    if isinstance(statement, exp.Values):
        raise BrokenTableError(
            f"{name} is a VALUES whose columns have no names: write SELECT * FROM (VALUES ...) AS t(column, ...)."
        )
    if not isinstance(statement, exp.Query) or any(isinstance(part, WRITES) for part in parts):
        raise BrokenTableError(
            f"{name} is no SELECT: a company folder only reads, so write exactly one SELECT."
        )
    called = [*(_called(part) for part in parts if isinstance(part, exp.Func)), *DISGUISED.findall(sql)]
    if deed := deed_of(called, dialect):
        raise BrokenTableError(
            f"{name} calls {deed}, which does more than read tables: write a plain SELECT."
        )
    return statement


def _called(function: exp.Func) -> str:
    return str(function.name if isinstance(function, exp.Anonymous) else function.sql_name())


def refuse_wide(table: str, columns: int) -> None:
    """A table that gives far more columns than a canonical one could have.

    Raises:
        BrokenTableError: it does, and how many it may give.
    """
    if columns > WIDEST:
        raise BrokenTableError(
            f"tables/{table}.sql gives {columns:,} columns, and {WIDEST:,} may be: name those that "
            "`counterpoise catalog tables` lists."
        )


def placed_files(sql: str, folder: Path, dialect: str) -> str:
    """The SELECT with the relative paths of its files made absolute: they are relative to the folder.

    A text that is compared or shown stays as it is, also where it looks like a file.
    """
    return _renamed(sql, dialect, lambda path: path if path.is_absolute() else (folder / path).resolve())


def cited_files(sql: str, folder: Path, dialect: str) -> str:
    """The SELECT as a receipt has it: every file relative to the company folder, and nothing of this machine."""
    return _renamed(sql, dialect, lambda path: Path(relpath(path, folder)) if path.is_absolute() else path)


def _renamed(sql: str, dialect: str, rename: Callable[[Path], Path]) -> str:
    if not FILES.search(sql):
        return sql
    pieces: list[str] = []
    end = 0
    for token in _file_names(sqlglot.tokenize(sql, read=dialect)):
        if "://" not in token.text and rename(Path(token.text)) != Path(token.text):
            pieces += [sql[end : token.start], quoted(rename(Path(token.text)))]
            end = token.end + 1
    return "".join([*pieces, sql[end:]])


def _file_names(tokens: Sequence[Token]) -> list[Token]:
    """The texts that name files: what stands after FROM or JOIN, and the first argument of a reader."""
    found: list[Token] = []
    opened = [""]  # what each open bracket is: the arguments of a "reader", a "list" of files, or neither
    before: Token | None = None
    for token in tokens:
        match token.token_type:
            case TokenType.L_PAREN:
                opened.append("reader" if before and READERS.fullmatch(before.text.lower()) else "")
            case TokenType.L_BRACKET:
                first = before is not None and before.token_type is TokenType.L_PAREN
                opened.append("list" if first and opened[-1] == "reader" else "")
            case TokenType.R_PAREN | TokenType.R_BRACKET:
                opened = opened[:-1] or [""]
            case TokenType.STRING if before and _is_file(token, before, opened[-1]):
                found.append(token)
        before = token
    return found


def _is_file(token: Token, before: Token, inside: str) -> bool:
    match before.token_type:
        case TokenType.FROM | TokenType.JOIN:
            name = token.text.lower().removesuffix(".gz").removesuffix(".zst")
            return name.endswith(DATA_FILES)
        case TokenType.L_PAREN:
            return inside == "reader"
        case TokenType.L_BRACKET | TokenType.COMMA:
            return inside == "list"
    return False


def quoted(value: Path | str) -> str:
    """A value as a SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def duckdb_lead(folders: Sequence[Path], threads: int) -> list[str]:
    """The statements that keep a DuckDB connection to these folders and threads, without extensions, for good."""
    allowed = ", ".join(quoted(f"{folder}/") for folder in folders)
    return [
        f"SET threads = {threads}",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_directories = [{allowed}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ]
