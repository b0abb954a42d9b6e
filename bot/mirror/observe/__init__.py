"""Reading a guild: calls with patience, a look at its channels and posts, and finding what may stand there already."""
