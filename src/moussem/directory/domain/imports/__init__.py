"""Lists of people from files: opened, read, looked at, written as a whole, undone as a whole."""
