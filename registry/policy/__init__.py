"""WHAT IS REQUIRED, HERE, TODAY: parameters and procedures, with values by region, date and source document."""
