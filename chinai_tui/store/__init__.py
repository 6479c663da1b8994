"""The user's own data: records in TinyDB files, documents and originals as files.

What a transaction or a `put` has returned from is on disk.
"""

RECORD_FILES = ("annotations.json", "reading.json", "issues.json")
"""The files of records in the data folder."""
