"""chinai: a terminal reader for newsletters on AI in China."""

__version__ = "0.1.0"
