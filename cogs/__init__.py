"""One feature a file: commands with their views and modals. Input, service, answer; no SQL and no rules."""
