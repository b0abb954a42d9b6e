"""The gateway: sessions that outlive their sockets, and who hears which event."""
