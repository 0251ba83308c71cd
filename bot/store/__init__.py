"""The database: its file, its tables, what comes in and what goes out."""
