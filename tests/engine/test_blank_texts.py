"""Whether text says anything is told the same way by every database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.engine.portable import says_something

ODD = ["", " ", "   ", " a", "a ", "\t", "\n ", "\x01", "!", "é", "\u00a0", " \u00a0", "\u3000 ", "😀", "0"]
DATABASES = {name: sa.create_engine(f"{name}:///:memory:") for name in ("duckdb", "sqlite")}


def told(engine: sa.Engine, text: str | None) -> bool | None:
    with engine.connect() as connection:
        found = connection.execute(sa.select(says_something(sa.literal(text, sa.Text())))).scalar_one()
    return None if found is None else bool(found)


@pytest.mark.parametrize("name", DATABASES)
@settings(deadline=None)  # the first question of a database takes its time
@given(text=st.sampled_from(ODD) | st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_only_text_of_nothing_but_plain_spaces_says_nothing(name: str, text: str) -> None:
    assert told(DATABASES[name], text) == (text.strip(" ") != "")


@pytest.mark.parametrize("name", DATABASES)
def test_of_no_text_nobody_can_tell(name: str) -> None:
    assert told(DATABASES[name], None) is None


def test_postgresql_tells_the_same(postgres: str) -> None:
    engine = sa.create_engine(postgres)
    assert [told(engine, text) for text in ODD] == [text.strip(" ") != "" for text in ODD]
    engine.dispose()
