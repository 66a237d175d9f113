"""Pages, as the sessions that ended on them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text
from metrics.engine.tables.pieces import given
from metrics.engine.tables.relations import Relations, need


def page_exits(relations: Relations) -> sa.Select[Any]:
    """One row per session whose last page is known: what a page's views are compared with."""
    sessions = need(relations, "web_sessions", "started_at", "exit_page")
    others = [
        (sessions.c[name] if name in sessions.c else as_text(sa.null())).label(name)
        for name in ("session_id", "landing_page")
    ]
    started = relations.day(sessions.c.started_at).label("started_on")
    known = given(sessions.c.exit_page)
    return sa.select(*others, started, sessions.c.exit_page.label("page")).where(known)
