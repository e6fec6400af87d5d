"""Suppliers: who gets in, how good they are, and who belongs together."""
