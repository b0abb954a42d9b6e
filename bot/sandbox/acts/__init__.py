"""What changes the world: each function checks who may, changes the state and emits the events. No HTTP here."""
