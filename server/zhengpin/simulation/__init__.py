"""A small marketplace that is honest and one that isn't, side by side, with what is true of each listing.

Everything is made up: brands, people and goods. The records are in the form that `zhengpin import` reads.
"""
