"""Programmabrug: a party's election programme, from its forum to its members on Discord and back."""
