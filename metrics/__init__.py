"""The engine: a catalog of metrics, a ranking that stays balanced, values computed from a company's data.

No Slack, no language model, no async. It runs alone.
"""
