"""Makes up issues of any number and size, the same for the same seed.

Words follow Zipf's law with exponent 1.07 over a made-up vocabulary with real function words at
its head; block lengths, Chinese terms and names come in the proportions of newsletter issues.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from itertools import accumulate
from pathlib import Path

from tests.bench import substack

_FUNCTION = (
    "the of and to in a is that for on with as are by it from this be at an have which has "
    "its not or was their they but also more about one will can than other how what who "
    "these new"
).split()
_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu tra ble ston ing er"
).split()
_HAN = (
    "国家队人工智能芯片模型数据算力平台企业发展中心研究院科技大学公司政府安全治理开源创新产业投资"
)
VOCABULARY = 20_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the issues are."""

    words: int = 1_800
    """Words of running text in an issue, about."""
    named: int = 40
    """Mentions of names in an issue, about."""
    han: float = 0.0
    """The share of its paragraphs that are Chinese throughout."""
    page: int = 0
    """Bytes of its web page as Substack sends it, about; 0 for a page of bare elements."""


class Generator:
    """A source of made-up issues."""

    def __init__(self, names: Sequence[str], seed: int = 7, shape: Shape | None = None) -> None:
        """`names` are woven into the text."""
        self._random = random.Random(seed)  # noqa: S311
        self._names = list(names) or ["Example"]
        self._shape = shape or Shape()
        self._words = [*_FUNCTION, *(self._word() for _ in range(VOCABULARY - len(_FUNCTION)))]
        self._weights = list(accumulate(1 / (rank + 1) ** 1.07 for rank in range(VOCABULARY)))

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.choice((2, 2, 3, 3, 4))))

    def _run(self, length: int) -> str:
        """A sentence or several of so many words, with names and Chinese terms among them."""
        words = self._random.choices(self._words, cum_weights=self._weights, k=length)
        for at in range(len(words)):
            chance = self._random.random()
            if chance < self._shape.named / self._shape.words:
                words[at] = self._random.choice(self._names)
            elif chance > 1 - 10 / self._shape.words:
                start = self._random.randrange(len(_HAN) - 4)
                words[at] += f" ({_HAN[start : start + self._random.choice((2, 3, 4))]})"
            elif at % 17 == 16:
                words[at] += "."
        text = " ".join(words)
        return text[:1].upper() + text[1:] + "."

    def _chinese(self, length: int) -> str:
        """So many Chinese characters, with a comma or a full stop after each dozen or so."""
        text = self._random.choices(_HAN, k=length)
        for at in range(11, length - 1, 13):
            text[at] = self._random.choice("，，。")
        return "".join(text) + "。"

    def _issue(self, number: int) -> tuple[str, list[str]]:
        """The title of an issue, and the blocks of its text as HTML."""
        title = f"ChinAI #{number}: {self._run(self._random.randint(4, 11))[:-1]}"
        blocks, words = [], 0
        while words < self._shape.words:
            kind = self._random.random()
            length = max(4, int(self._random.lognormvariate(3.9, 0.6)))
            if self._shape.han and self._random.random() < self._shape.han:
                text = self._chinese(2 * length)
            else:
                text = escape(self._run(min(length, self._shape.words)), quote=False)
            if kind < 0.12:
                blocks.append(f"<h3>{escape(self._run(4)[:-1])}</h3><p>{text}</p>")
            elif kind < 0.35:
                blocks.append(
                    f"<ul><li><p>{text}</p></li><li><p>{escape(self._run(12))}</p></li></ul>"
                )
            elif kind < 0.45:
                blocks.append(f"<blockquote><p>{text}</p></blockquote>")
            else:
                link = f'<a href="https://example.org/{number}/{words}">{self._run(3)[:-1]}</a>'
                blocks.append(f"<p>{text} {link}</p>")
            words += length
        return title, blocks

    def page(self, number: int) -> str:
        """An issue as the web page of a newsletter."""
        title, blocks = self._issue(number)
        title, day = escape(title), _day(number).isoformat()
        if self._shape.page:
            return substack.page(title, day, number, blocks, self._shape.page)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<link rel="canonical" href="https://chinai.substack.com/p/chinai-{number}">'
            f'<meta property="article:published_time" content="{day}"></head><body>'
            f'<article><h1 class="post-title">{title}</h1>'
            f'<div class="available-content"><div class="body markup">{"".join(blocks)}</div></div>'
            "</article></body></html>"
        )

    def mail(self, number: int) -> bytes:
        """An issue as the mail that brings it, as text and as HTML."""
        title, blocks = self._issue(number)
        body = "".join(blocks)
        mail = EmailMessage()
        mail["From"] = "ChinAI Newsletter <chinai@substack.com>"
        mail["List-Post"] = f"<https://chinai.substack.com/p/chinai-{number}>"
        mail["Subject"] = title
        mail["Date"] = format_datetime(datetime.combine(_day(number), time(12)))
        mail["Message-ID"] = f"<{number}@mg.example.org>"
        mail.set_content(re.sub(r"<[^>]+>", " ", body.replace("</p>", "\n\n")))
        mail.add_alternative(f"<html><body><h1>{escape(title)}</h1>{body}</body></html>", "html")
        return mail.as_bytes()

    def other_mail(self, number: int) -> bytes:
        """A mail that is of no newsletter, of a hundred words."""
        start = number * 37 % (VOCABULARY - 100)
        mail = EmailMessage()
        mail["From"] = "A Colleague <colleague@example.org>"
        mail["To"] = "A Reader <reader@example.org>"
        mail["Subject"] = f"Note {number}"
        mail["Date"] = format_datetime(datetime.combine(_day(number % 10_000), time(12)))
        mail["Message-ID"] = f"<note-{number}@example.org>"
        mail.set_content(" ".join(self._words[start : start + 100]))
        return mail.as_bytes()

    def write_mbox(self, file: Path, count: int, others: int = 0) -> None:
        """Write so many issues as mails in one mailbox, each with so many other mails behind."""
        with file.open("wb") as mailbox:
            for number in range(1001, 1001 + count):
                mails = [self.mail(number)]
                mails += [self.other_mail(number * others + at) for at in range(others)]
                for mail in mails:
                    mailbox.write(b"From mail@example.org Mon Jan  1 12:00:00 1990\n")
                    mailbox.write(mail.replace(b"\nFrom ", b"\n>From ") + b"\n")

    def pages(self, count: int) -> Iterator[str]:
        """So many issues, numbered from 1001, above any real one."""
        return (self.page(1001 + number) for number in range(count))

    def write(self, folder: Path, count: int) -> None:
        """Write so many issues as files."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(self.pages(count)):
            (folder / f"{number:06d}.html").write_text(page, "utf-8")


def _day(number: int) -> date:
    """When the issue of that number came out."""
    return date(1990, 1, 1) + timedelta(days=number)
