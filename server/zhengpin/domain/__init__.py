"""The words of the trade as values: what a listing, a supplier, a price and a verdict are.

Frozen values with their invariants, and pure decisions over them. Standard library only.
"""
