"""The use cases. They ask for storage and a guild through the protocols in `ports`; no SQL and no discord here."""
