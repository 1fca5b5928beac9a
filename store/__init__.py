"""The only SQL: rooms and answers of the survey, in a file of this machine or in PostgreSQL."""
