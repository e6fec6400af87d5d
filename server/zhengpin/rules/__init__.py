"""Rules as people write them, and the ways in which they run.

`pack` reads them, `rulebook` runs them, `cases` proves them. Inside: `syntax` and `parser` read a condition,
`kleene` turns it into Python, `compiler` into a network for the rule engine that `lane` alone knows.
"""
