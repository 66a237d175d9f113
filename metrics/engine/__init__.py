"""Measures -> SQL -> values. The only place that speaks SQL.

portable     words of SQL that mean the same in every database: days between, medians, quotients of exact numbers
tables       canonical and derived tables as SELECTs with the types the catalog promises
asking       what is asked -> leaves: measures and entities, each with its own days and slice
queries      leaves -> SQL: by day (rollup), by window (direct), by record (entities); and the cells that come back
fetching     leaves -> cells, out of what is kept or in as few statements as the data allows
suppression  values about people: how many they are about, and which cells of the lattice are shown
evaluation   cells -> exact values, each with its status, remarks and receipt
askable      what can be asked of a company; filters: what people write -> what the engine keeps
answers      asks -> tables of values, each from its place or a wider one
compute      the front: what is asked -> values with citations
changes      values held against others, and what each group did to a change; top, groups: what else is asked of it

Each knows only those above it in this list (pyproject.toml holds them to it).
"""

from metrics.engine.asking.ask import Ask
from metrics.engine.compute import Engine

__all__ = ["Ask", "Engine"]
