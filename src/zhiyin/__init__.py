"""Zhiyin (知音): a social commerce engine that knows its people, says why, and can forget."""

__version__ = "0.1.0"
