"""The programme and its amendments as values and rules. No await, no clock, no input or output."""
