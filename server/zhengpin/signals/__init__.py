"""Signals: typed, named facts computed about a listing from one snapshot.

`catalogue` says what exists and what it means, the other files compute, `observe` puts it together. A signal that is
not known is left out: unknown stays unknown.
"""
