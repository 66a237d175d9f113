"""Functions with which a SELECT does more than read this database's tables: of any database, and of each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def _names(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


DEEDS = _names(
    r"set_config|setval|nextval|(?:query|cursor|table|schema|database)_to_xml\w*|dblink\w*|lo_\w+"
    r"|pg_(?!typeof$|input_is_valid$|column_size$|collation_for$)\w+|load_extension|readfile|writefile|edit|u&"
    r"|enable_logging|disable_logging|truncate_duckdb_logs|write_log|(?:force_)?checkpoint"
    r"|(?:try_)?reflect|java_method|(?:try_)?secret|http_request|ai_\w+|system\$\w+|executable\w*",
)
"""It takes its own lead off, runs a text as SQL in another session, opens or writes files, runs programs, calls other
machines or ends what others do.

PostgreSQL's own begin with ``pg_``, and a mapping has no need of them but for the few that look at a value; Spark calls
any method of Java's, and Snowflake's work on other sessions.
"""

_SPARK = _names(r"read_(?:files|kafka|kinesis|pubsub|pulsar|statestore|state_metadata)", "remote_query")
ELSEWHERE: Mapping[str, re.Pattern[str]] = {
    "clickhouse": _names(
        r"(?:url|file|s3|gcs|oss|cosn|hdfs|azureBlobStorage)(?:Cluster)?",
        r"(?:deltaLake|iceberg|hudi|paimon)\w*",
        r"remote(?:Secure)?|mysql|postgresql|mongodb|redis|sqlite|jdbc|odbc|ytsaurus|arrowFlight",
        r"input|python|catboostEvaluate|modelEvaluate|generateSerialID",
    ),
    "spark": _SPARK,
    "databricks": _SPARK,
    "trino": _names("query|raw_query"),
    "bigquery": _names("external_query"),
    "mysql": _names("load_file|sys_exec|sys_eval"),
    "tsql": _names("openquery|openrowset|opendatasource"),
}
"""What reads files of the server's, reaches other machines or runs programs, by sqlglot's name of the dialect: as
functions that give a value, and as tables. The nodes of ClickHouse's own ``cluster`` are the same database.
"""


def deed_of(called: Iterable[str], dialect: str) -> str | None:
    """The first of the functions that does more than read tables."""
    elsewhere = ELSEWHERE.get(dialect)
    return next(
        (one for one in called if DEEDS.fullmatch(one) or (elsewhere and elsewhere.fullmatch(one))), None
    )
