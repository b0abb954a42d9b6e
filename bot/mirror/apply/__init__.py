"""Changing a guild by a plan: the only place from which the mirror writes to Discord."""
