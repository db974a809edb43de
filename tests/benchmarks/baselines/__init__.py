"""What do a few lines of counting find?  Plain rankings of a native evidence folder, for a table beside the detections.

Each baseline takes an ``Evidence`` and gives ``(item, score)`` pairs, best first, ties by item: accounts for hubs and
convergence (the target), pairs of accounts for crews and shells.  Ids are full, ``platform:native``.  Nothing of the
detections is used; an account is a minor where its declared age is below 18, and nothing else is believed.
"""

from tests.benchmarks.baselines.convergence import CONVERGENCE
from tests.benchmarks.baselines.crews import CREWS
from tests.benchmarks.baselines.evidence import Evidence
from tests.benchmarks.baselines.figures import average_precision, pair_f1
from tests.benchmarks.baselines.hubs import HUBS
from tests.benchmarks.baselines.shells import SHELLS

__all__ = ["CONVERGENCE", "CREWS", "HUBS", "SHELLS", "Evidence", "average_precision", "pair_f1"]
