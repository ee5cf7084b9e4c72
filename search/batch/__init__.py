"""Question files: rows in, answers out, a row that can't be answered never in the way of the others."""
