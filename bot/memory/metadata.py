"""What all tables of the memory are registered with; each area keeps its own tables in a file of its own."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
