"""Figures that a promise was made about, each measured by a module of its own: `python -m tests.bench`."""
