"""Cells -> values: exact fractions, with their status, remarks and receipt."""
