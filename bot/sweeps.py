"""How often all garbage is looked for."""

SELDOM = 100_000
"""New objects between two sweeps of the collector: nearly all that a command makes lives until it ends."""
