"""Annotations that other programs have written, as records of our own.

`form_of` tells by its content which form a file has, `READERS` has the readers of other programs'
forms, and `cleaned` makes an annotation from anywhere safe to keep.
"""

from chinai_tui.ingest.annotations import hypothesis, readwise
from chinai_tui.ingest.annotations.cleaning import cleaned, derived_id
from chinai_tui.ingest.annotations.forms import Form, form_of
from chinai_tui.ingest.annotations.told import Told

READERS = {Form.HYPOTHESIS: hypothesis.read, Form.READWISE: readwise.read}
"""By form, what reads its text. Our own form is read by `export.w3c`, which also writes it."""

__all__ = ["READERS", "Form", "Told", "cleaned", "derived_id", "form_of"]
