"""Keeps passages: catalog, vectors and postings in durable snapshots."""
