"""The supplier score: daily evidence → sums that fade → components → points, caps, reasons, next improvement."""
