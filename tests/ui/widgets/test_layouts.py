from __future__ import annotations

from chinai_tui.domain.document import Block, BlockKind, BlockRole, Document
from chinai_tui.text.layout import Options
from chinai_tui.ui.widgets.layouts import LIMIT, Layouts


def document(text: str) -> Document:
    return Document(text, (Block(BlockKind.PARAGRAPH, BlockRole.BODY, 0, "", 0, len(text)),))


def test_the_same_text_in_the_same_width_is_laid_out_once() -> None:
    layouts = Layouts()
    first = layouts.get(document("a lamp by the door"), 10, Options())
    assert layouts.get(document("a lamp by the door"), 10, Options()) is first


def test_another_text_width_or_option_is_another_layout() -> None:
    layouts = Layouts()
    first = layouts.get(document("a lamp by the door"), 10, Options())
    others = [
        layouts.get(document("a lamp by the gate"), 10, Options()),
        layouts.get(document("a lamp by the door"), 12, Options()),
        layouts.get(document("a lamp by the door"), 10, Options(skip_title=True)),
    ]
    assert first not in others
    assert others[1].width == 12


def test_the_one_used_longest_ago_goes_first() -> None:
    layouts = Layouts()
    first = layouts.get(document("text 0"), 10, Options())
    second = layouts.get(document("text 1"), 10, Options())
    for number in range(2, LIMIT):
        layouts.get(document(f"text {number}"), 10, Options())
    assert layouts.get(document("text 0"), 10, Options()) is first
    layouts.get(document("one more"), 10, Options())
    assert layouts.get(document("text 0"), 10, Options()) is first
    assert layouts.get(document("text 1"), 10, Options()) is not second
