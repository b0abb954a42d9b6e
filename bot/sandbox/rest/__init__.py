"""The REST side: requests in Discord's words, handed to what acts on the world."""
