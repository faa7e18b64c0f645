"""KEEPING IT RUNNING: the schema, the doctor, and what the console starts."""
