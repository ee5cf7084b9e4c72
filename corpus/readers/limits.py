"""Caps on what is read, so that no file can take the machine's time or memory with it.

Each is well above what a real report needs and well below what a workstation of 8 GB can bear.
"""

from __future__ import annotations

MIB = 1 << 20

MAX_FILE_BYTES = 256 * MIB
"""A file is read whole. Illustrated annual reports reach 100 MB as .pdf; beyond this it is no report."""

MAX_TEXT_BYTES = 64 * MIB
"""Plain text, .html, .csv: 20 million Chinese characters, a hundred times the longest report met."""

MAX_PART_BYTES = 128 * MIB
"""One XML part of an office file, expanded; a table of 10,000 rows and 12 columns takes about 60 MB of XML."""

MAX_PACKAGE_BYTES = 512 * MIB
"""All of one zip-based file or archive, expanded, nested archives counted in."""

MAX_ENTRIES = 5_000
"""Entries of an archive or office file; a province's yearly reports are a few hundred."""

MAX_RATIO = 300
"""Expanded bytes per packed byte. Office XML reaches 100, deflate itself ends at 1,032, where bombs are."""

RATIO_FREE_BYTES = 4 * MIB
"""Smaller entries may have any ratio: a blank page packs well and does no harm."""

MAX_ARCHIVE_DEPTH = 3
"""Archives inside archives; three is "the county's zip in the city's zip in the province's zip"."""

MAX_PAGES = 5_000
"""Pages of a .pdf; the longest yearbooks have 2,000."""

MAX_OCR_PAGES = 500
"""Pages of a scan whose text is recognised: at 3 to 6 s a page on two cores it is less than an hour."""

MAX_HTML_DEPTH = 3_000
"""Open elements around one place of a web page: browsers stop at 512; a parser's time grows with the square."""

MAX_CELLS = 2_000_000
"""Cells of one sheet: 10,000 rows of 200 columns. A sheet with one far-off cell would be laid out whole."""

CONVERT_SECONDS = 120
"""LibreOffice needs 5 s to start and 1 s per 50 pages; it is stopped when it hangs."""
