"""Generated from protos/zhengpin/v1 by `./run generate`."""
