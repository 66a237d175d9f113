"""Measures -> SQL -> values. The only place that speaks SQL.

relations   canonical and derived tables as SELECTs with the types the catalog promises
paths       column paths -> joins
conditions  conditions and computed columns -> SQL
windows     a window's name -> days
leaves      an expression -> the measures it needs, each with its days
rollup      additive measures -> one query per table and anchor date, kept as running sums
direct      medians, distinct counts and whatever depends on the window -> one query per table and date
entities    one record per account, employee, ... -> one query for all periods
formula     a metric in its frame -> its exact value for a group
evaluate    expressions -> the functions that a formula is made of
population  how many people a value is about, and what to count to know
guard       these counts -> which cells of the lattice are shown
placing     an ask about people -> its place on the lattice
spots       where an ask is answered, or what stands in for it (wider)
answers     asks -> tables of values, each from its place or a wider one
compute     the front: what is asked -> values with citations
"""

from metrics.engine.ask import Ask
from metrics.engine.compute import Engine

__all__ = ["Ask", "Engine"]
