"""What Discord takes and what it does not: each module reads one kind of object and notes its errors. Pure."""
