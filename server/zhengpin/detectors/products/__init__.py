"""Which offers are of the same product, where no trusted number says so: candidates, pairwise scores, groups."""
