"""Setting the bot up by questions: asking (a terminal or a pipe), the steps, and writing what was answered."""
