"""How a SQL construct gets its spellings: a template for each dialect, ``{0}`` standing for its first argument."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

FAMILIES = {"spark": ("hive", "databricks"), "clickhouse": ("chdb", "clickhousedb", "clickhouse")}
"""One SQL under several SQLAlchemy dialects: Spark is reached as Hive's server or as Databricks."""


def spelled(
    construct: type[FunctionElement[Any]],
    default: str,
    /,
    written_out: Collection[int] = (),
    **templates: str,
) -> None:
    """Give a construct its spellings: ``default``, and those of the dialects that differ.

    The arguments at the places ``written_out`` are put into the text instead of being bound: several
    databases take a time zone only as a constant. They have to be the same in all statements of one database, for a
    statement that differs from another only in bound values is not compiled again.
    """
    compiles(construct)(_compilation(default, written_out))
    for name, template in templates.items():
        compiles(construct, *FAMILIES.get(name, (name,)))(_compilation(template, written_out))


def _compilation(template: str, written_out: Collection[int]) -> Any:
    def compilation(element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any) -> str:
        arguments = [
            compiler.process(clause, **({**kw, "literal_binds": True} if index in written_out else kw))
            for index, clause in enumerate(element.clauses)
        ]
        return template.format(*arguments)

    return compilation
