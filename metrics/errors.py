"""The two kinds of errors, drawn in one place.

    UserError               one sentence that says what is wrong and what to do; exit code 2
      CatalogError          a catalog file says something it may not, with file and line
      PeriodError           words that are no period
      CompanyError          a company folder or its warehouse does not work
        TooSlowError        a query ran into its limit of time
        RefusedError        the database does not run a query
        BrokenTableError    the SELECT of one table is wrong
      UnknownNameError      a name nothing knows, with the nearest right one
      GuardedError          something that is not for whoever asks, which others need not hear
    StoppedError            nobody wants the answer any more: told to nobody

Three more UserErrors lie with what they are about: OffLatticeError (privacy), UnsplitError (engine.changes) and
NoPathError (engine.queries); UnfitError (engine.queries) is a RefusedError.

Everything else is a defect of ours: it is logged with an id, and the user sees only the id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """What is wrong with a table: our own words, and apart from them what a database said, which may quote a row."""

    said: str
    by_database: str = ""

    def __str__(self) -> str:
        """All of it in one sentence, for who runs the company folder."""
        return f"{self.said}: {self.by_database}; mend that SELECT." if self.by_database else self.said

    @property
    def plain(self) -> str:
        """The same for anybody else."""
        return f"{self.said}; `counterpoise check` says why." if self.by_database else self.said


class UserError(Exception):
    """Something the user can mend. Its text is one sentence, fit to be shown."""


class CatalogError(UserError):
    """A catalog file says something it may not."""


class StoppedError(Exception):
    """A query was given up because whoever asked wants no answer any more: there is nobody to tell."""


class PeriodError(UserError):
    """Words that are no period."""


class CompanyError(UserError):
    """A company folder, or the warehouse behind it, does not work."""

    @property
    def plain(self) -> str:
        """Its text without the words of a database, which may quote a row."""
        return str(self)


class TooSlowError(CompanyError):
    """A query took longer than its limit and was cancelled: whoever asked can ask for less."""


class RefusedError(CompanyError):
    """The database does not run a query: most likely one of its tables holds what cannot be read.

    ``why`` is the reason alone. ``of_data`` says that rows are to blame, such as a sum that is out of range: other
    queries on the same tables may well run.
    """

    def __init__(self, text: str, why: str = "", *, of_data: bool = False) -> None:
        super().__init__(text)
        self.why, self.of_data = why, of_data

    @property
    def plain(self) -> str:
        """Its text without the words of a database, which may quote a row."""
        return "The warehouse refused a query." if self.why else str(self)


class BrokenTableError(CompanyError):
    """The SELECT of one canonical table is none, or does not run; the other tables may be fine."""

    def __init__(self, problem: str | Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem if isinstance(problem, Problem) else Problem(problem)

    @property
    def plain(self) -> str:
        """Its text without the words of a database, which may quote a row."""
        return self.problem.plain


class GuardedError(UserError):
    """Something that is not for whoever asks, or not in this place: where others read along, told to them alone."""


class UnknownNameError(UserError):
    """A name nothing knows. ``suggestions`` holds the nearest right ones, best first."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, remedy: str = "") -> None:
        self.suggestions = tuple(get_close_matches(name, sorted(known), n=3, cutoff=0.6))
        nearest = f" Did you mean {self.suggestions[0]!r}?" if self.suggestions else ""
        super().__init__(f"Unknown {kind} {name!r}.{nearest}{' ' + remedy if remedy else ''}")
