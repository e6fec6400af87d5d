"""Mappings: TOML files that say how the columns of a marketplace's own file become messages."""
