"""What traders write and what they mean by it, per language: data for linguists to review, no logic.

Portuguese and English entries are read against lower-case text without accents, Chinese ones against lower-case text in
compatibility form (full-width letters and digits folded).
"""
