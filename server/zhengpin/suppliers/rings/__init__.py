"""Which suppliers belong together, and what says so."""
