"""Reports of many verdicts: a table for spreadsheets, a page for people."""
