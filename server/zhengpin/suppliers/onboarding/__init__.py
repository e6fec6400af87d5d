"""Whether to let a supplier in: one check a file, and one decision over what they find."""
