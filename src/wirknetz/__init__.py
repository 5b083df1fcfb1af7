"""Wirknetz: the working software of networks that move one social problem together."""

__version__ = "0.1.0"
