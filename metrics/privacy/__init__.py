"""People data stays guarded: how sensitive a value is, and which groups are too small to show."""

from metrics.privacy.sensitivity import counts_people, of_dimension, of_metric
from metrics.privacy.suppress import suppressed

__all__ = ["counts_people", "of_dimension", "of_metric", "suppressed"]
