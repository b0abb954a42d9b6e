"""The mirror: what a guild should show (pure), what must change (pure), and the change itself (the only guild I/O)."""
