"""What Zhengpin does, one verb a file: each reads top to bottom and knows neither gRPC nor SQL."""
