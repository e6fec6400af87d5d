"""gRPC: messages in, messages out. A servicer method is one line; everything else is named for what it does."""
