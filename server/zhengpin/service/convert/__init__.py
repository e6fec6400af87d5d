"""Messages to domain values and back: `x_from_proto`, `x_to_proto`."""
