"""What stands behind ``--where``: a column and its values, of which those that hold a comma stand in quotes."""

from __future__ import annotations

import csv

from metrics.errors import UserError

HELP = "again, or a,b, for more values; one with a comma in quotes: 'account=\"Acme, Inc\",Zeta'"


def condition(text: str) -> tuple[str, list[str]]:
    """A filter as it is written: ``segment=SMB,Enterprise``, ``account="Acme, Inc"``; a quote in quotes is doubled.

    Raises:
        UserError: it is none.
    """
    name, equals, written = text.partition("=")
    try:
        [fields] = csv.reader([written], skipinitialspace=True, strict=True) if written else [[]]
    except (csv.Error, ValueError):
        raise UserError(
            f'{text!r} is no filter: end the value in quotes with one, as in account="Acme, Inc",Zeta.'
        ) from None
    values = [field.strip() for field in fields if field.strip()]
    if not equals or not values or not name.strip():
        raise UserError(f"{text!r} is no filter: write COLUMN=VALUE, for example segment=SMB.")
    return name.strip(), values
