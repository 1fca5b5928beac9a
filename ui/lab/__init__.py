"""The lab page: one section at a time, each with its question, its answer and the code behind it."""
