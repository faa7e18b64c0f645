"""Paper: faces, the PDF file, the sheet with its head and foot, tables over pages. It never reads the database."""
