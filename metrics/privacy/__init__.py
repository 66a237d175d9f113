"""People data stays guarded: how sensitive a value is, and which groups are too small to show."""

from metrics.privacy.lattice import OffLatticeError
from metrics.privacy.sensitivity import by_dimension, counts_people, most, of_dimension, of_metric
from metrics.privacy.thresholds import INSIDE, Reader

__all__ = [
    "INSIDE",
    "OffLatticeError",
    "Reader",
    "by_dimension",
    "counts_people",
    "most",
    "of_dimension",
    "of_metric",
]
