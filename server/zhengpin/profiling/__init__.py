"""Where a screening's time goes."""
