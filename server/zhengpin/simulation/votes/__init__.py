"""Votes of the simulated marketplace, honest and arranged, with the truth about each."""
