"""A first model, learned from simulated marketplaces whose truth is known, for those who have no labels."""
