"""What rules ask of a supplier, worked out of all that is told of it."""
