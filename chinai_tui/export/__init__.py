"""Notes and issues as files others can read: citations and Markdown."""
