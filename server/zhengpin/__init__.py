"""Zhengpin 正品: rules and scores that tell genuine goods from fakes."""
