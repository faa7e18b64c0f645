"""Reading spreadsheets: cells, headings, values, whole tables."""
