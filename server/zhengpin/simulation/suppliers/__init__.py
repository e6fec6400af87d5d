"""What the marketplace learns of its suppliers beside their records, and which of them really belong together."""
