"""The warehouses that their README lists: for each dialect of SQLAlchemy the extra to install and a URL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

ROOT = Path(__file__).parents[2]
README = ROOT / "metrics" / "warehouse" / "README.md"
ROW = re.compile(r"^\| \w+ \| (?:`(?P<extra>[\w-]+)`)? ?\| `(?P<url>[^`]+)` \| [^|]+ \|$", re.MULTILINE)


class Form(NamedTuple):
    """One row of the README's table."""

    extra: str
    url: sa.URL


def forms() -> dict[str, Form]:
    """By dialect. A URL that is none is an error here."""
    found = [
        Form(row["extra"] or "", sa.make_url(row["url"])) for row in ROW.finditer(README.read_text("utf-8"))
    ]
    return {form.url.get_backend_name(): form for form in found}
