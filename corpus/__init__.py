"""Reads reports: files to canonical text, sections, tables, metadata and passages."""
