"""People data stays guarded: how sensitive a value is, and which groups are too small to show.

Sensitivity is a property of columns (sensitivity). A metric is as guarded as the most guarded column it touches, and
a value also as what it is grouped or filtered by: a win rate by level is about people. Cost that may hold pay is
restricted by department, by nature and by a column of the company's own, as the salaries in it are, and so is what a
department costs for each ticket; no column filters it, and a line of the income statement or a campaign parts it only
alone, for nobody can say how many people a part is of. It is of those on the payroll, contractors left out; a
department that pays people whom nobody counts is of somebody, and of too few. Dimensions that name persons are for
readers who were granted that (thresholds.Reader).

Thresholds (thresholds): 5 people for rates and survey results, 10 where a column is restricted, 30 for whatever leaves
the company; counts of one or two are withheld of restricted columns only: of a protected trait also where one or two
are without it, and where none or all have it, which says of each what they are. By a protected trait every group is a
row of its table, so that none tells whether anybody is in it.

The lattice (lattice, times). People values exist for declared groups over closed months and what is made of months,
for nothing else: the whole company, organisations of roles, one dimension, department with one other, each such that
the people themselves are counted by it (win rates by level are not parted by segment). An ad-hoc filter, a week, a day
or a stretch that is still running has no value of its own, and is refused in a sentence (of a running period the closed
months are given). So there is a fixed list of tables, in a fixed order.

Suppression (release, combinations). For a metric and a stretch each table is decided as a whole, on top of those
before it, from the data alone: nothing depends on who asked what before. A cell below its threshold is hidden
(primary suppression); then, while any sum or difference of everything shown is about a group below its threshold,
the next smallest cell that takes part is hidden too (complementary suppression); what was hidden in vain comes back.
Whether such a combination exists is decided exactly: see combinations. What cannot be decided counts as unsafe.
Whatever a value tells of one by one, such as the women and the men of a pay gap of means, is counted apart, and so are
amounts of pay of which nothing in the metric counts the rows. Hours and days of somebody where nobody was counted are
of too few. Who may be in several groups (of a question, a wave) is counted once, however many of them are taken
together; what the tables before those groups show is decided without them, as it is where these tables are asked for.
Who did something in two departments within a month is in either, and what sums and differences leave may be of as many
fewer as such people there are.

Months and longer stretches. People who stand there from month to month (a headcount, who answered) are decided for
each month by itself, and a longer period is shown where each of its months is: then every shown cell is a union of
blocks (a group, or all hidden ones, in a month) that are large enough by themselves, whatever is added or
subtracted. What looks at nothing but the end of a period (a headcount by gender, a factor of the last 52 weeks) is for
a longer period what it is for its last month, and shown with that. A company's months from nothing to its first
threshold count as one with the month that reaches it.
What happens now and then (hires, offers) is too thin for that: its years and quarters, and for the whole company its
months, are decided together, a year at a time.

What the guarantee does not cover, so that nobody relies on it: cells of different metrics are not combined (two metrics
that count different people can tell them apart); nor are months of a state: a mean of pay before and after the one
person who came between them tells that person's; nor is commission counted by those who get it, but as everybody's pay;
of hires, a month may be hidden again once its quarter is over, and a quarter once its year is, which somebody who wrote
it down (or asks ``--as-of`` a day before) can undo; nor are methods of one metric (the share of women of all and of
those whose gender is known tell by their counts of how many it is not); ``--as-of`` moves the cut of cohorts by months
and what is known of them by days, and is for whoever runs the command; and business values are open even where few
people stand behind them.

Sources (`metrics/catalog/sources.yaml`): CAMP-ANON, DIALOG-ANON, XTO-ANON, TMAP-ANON, BW-ANON, ONS-10, VPSC-30;
primary and complementary suppression as in Eurostat's guidelines (EUROSTAT-SDC) and Hundepool et al., Statistical
Disclosure Control, 2012; the linear view of it as in Fischetti and Salazar, Solving the Cell Suppression
Problem on Tabular Data with Linear Constraints, Management Science 47 (7), 2001.
"""

from metrics.privacy.lattice import OffLatticeError
from metrics.privacy.sensitivity import by_dimension, counts_people, most, of_dimension, of_metric
from metrics.privacy.thresholds import INSIDE, Ceiling, Reader
from metrics.privacy.withhold import is_withheld, level_of, level_of_recorded, may_see, withhold_table

__all__ = [
    "INSIDE",
    "Ceiling",
    "OffLatticeError",
    "Reader",
    "by_dimension",
    "counts_people",
    "is_withheld",
    "level_of",
    "level_of_recorded",
    "may_see",
    "most",
    "of_dimension",
    "of_metric",
    "withhold_table",
]
