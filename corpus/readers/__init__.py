"""One reader per file format, and the way from a path to the right one."""
