"""Warnings: what is asked, what stands, what is handed on."""
