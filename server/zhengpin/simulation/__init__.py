"""A marketplace with ground truth: honest trade, honest trade that looks like fraud, and fraud that looks honest.

Everything is made up: brands, people and goods. `Marketplace` makes it from a seed; the records are in the form that
`zhengpin import` reads.
"""

from zhengpin.simulation.market import Marketplace
from zhengpin.simulation.offer import Offer
from zhengpin.simulation.parameters import Parameters
from zhengpin.simulation.parameters_file import load_parameters

__all__ = ["Marketplace", "Offer", "Parameters", "load_parameters"]
