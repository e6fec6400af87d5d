"""Detectors: what signals draw on: codes, prices, product matching and what a listing's text says of its goods."""
