"""The database: its declared shape, and everything that reads or writes it."""
