"""One record per account, employee, ... -> one number, for all periods in few queries.

Inputs that look at the same rows share one scan, in which every window and instant that any period needs becomes one
sum for each entity; the same sum serves as the closing of one period and the opening of another. Entities are
then kept, counted or added up in the database, so that no record ever leaves it.
"""

from metrics.engine.queries.entities.plan import chunks, plan, source_of
from metrics.engine.queries.entities.totals import Planned, entities_of

__all__ = ["Planned", "chunks", "entities_of", "plan", "source_of"]
