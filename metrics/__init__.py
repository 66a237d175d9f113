"""The engine: a catalog of metrics, a ranking that stays balanced, values computed from a company's data.

No Slack, no language model, no async. It runs alone.
"""

VERSION = "0.1.0"
"""The version of the package; every receipt names it, because the engine is part of what made a number."""
