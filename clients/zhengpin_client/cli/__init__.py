"""The `zhengpin` command."""
