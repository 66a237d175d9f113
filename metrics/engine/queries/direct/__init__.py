"""What does not add up over days: medians, distinct counts and conditions on the period itself.

Where every row belongs to one period at most, rows are sorted into their periods first and each period is
aggregated by itself; where periods overlap, each has columns of its own. Either way there is one query for each
table and dates, and one row for each group with columns for each measure and instant.

shapes    which leaves can share one sorting of rows into periods
plan      one query for all leaves of a shape
sorting   the query of rows that are sorted
columns   the columns of a query, and the cells that are read out of them
"""

from metrics.engine.queries.direct.columns import Planned
from metrics.engine.queries.direct.plan import plan
from metrics.engine.queries.direct.shapes import arranged

__all__ = ["Planned", "arranged", "plan"]
