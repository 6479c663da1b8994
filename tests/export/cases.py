"""Made-up issues to cite: what there is of each kind, and text that is hard to write."""

from __future__ import annotations

from dataclasses import replace

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.issue import UNFILED, Issue, Original, Publication
from chinai_tui.export.reference import Reference
from tests.export.samples import BLOG, CHINAI, ISSUE, POST

HARD = (
    r"""“Quoted” "straight" 'single' [in] {curly} \slash & 50 % $5 snake_case #tag ~^` """
    "a--b, <<c>> 商汤 🚀"
)
ORIGINAL = Original(
    authors=("Lin Example", "示例作者"),
    title="A Made-Up Title",
    title_han="虚构标题",
    outlet="Example Weekly [示例周刊]",
    translator="Bo van Second",
    url="https://example.org/original",
)
TRANSLATION = Voice(VoiceKind.TRANSLATION)
CASES = {
    "dated": Reference(ISSUE, CHINAI, "dated"),
    "month": Reference(replace(ISSUE, date="2031-01"), CHINAI, "month"),
    "year": Reference(replace(ISSUE, date="2031"), CHINAI, "year"),
    "undated": Reference(replace(ISSUE, date="", documents={}), CHINAI, "undated"),
    "numberless": Reference(POST, BLOG, "numberless"),
    "unfiled": Reference(Issue("a-text", UNFILED, "A Text"), Publication(UNFILED, ""), "unfiled"),
    "untitled": Reference(Issue("no-title", "quay-notes", ""), BLOG, "untitled"),
    "several": Reference(
        replace(ISSUE, authors=("Ann Editor", "Bo Second", "Cy T. Third", "Jean-Luc Fourth")),
        CHINAI,
        "several",
    ),
    "chinese": Reference(replace(ISSUE, authors=("示例作者", "Lin Zhongxiang")), CHINAI, "chinese"),
    "particles": Reference(
        replace(ISSUE, authors=("Otto von der Lippe", "Émile d'Île", "Max Muster Jr.")),
        CHINAI,
        "particles",
    ),
    "corporate": Reference(
        replace(POST, authors=("Institute for Cranes and Ships", "ModelWorks, Inc.")),
        BLOG,
        "corporate",
    ),
    "translation": Reference(ISSUE, CHINAI, "translation", TRANSLATION, ORIGINAL),
    "translating": Reference(ISSUE, CHINAI, "translating", None, ORIGINAL),
    "unknown original": Reference(ISSUE, CHINAI, "unknown", TRANSLATION),
    "another original": Reference(
        ISSUE,
        CHINAI,
        "another",
        Voice(VoiceKind.TRANSLATION, "Dee Quill", "The Quayside Times"),
        ORIGINAL,
    ),
    "guest": Reference(ISSUE, CHINAI, "guest", Voice(VoiceKind.GUEST, "Mark Guest")),
    "interviewee": Reference(
        ISSUE, CHINAI, "interviewee", Voice(VoiceKind.QUOTED, "Xu Example", "ModelWorks")
    ),
    "repost": Reference(
        POST, BLOG, "repost", Voice(VoiceKind.REPOST, "Dee Quill", "The Quayside Times")
    ),
    "digest": Reference(ISSUE, CHINAI, "digest", Voice(VoiceKind.DIGEST)),
    "unconfirmed": Reference(ISSUE, CHINAI, "unconfirmed", Voice(VoiceKind.UNCONFIRMED)),
    "hard": Reference(
        replace(ISSUE, title=HARD, authors=("Q & A, {Ltd}", "R_x #1"), number=None),
        replace(CHINAI, title=f"Notes {HARD}"),
        "hard",
    ),
    "chinese title": Reference(
        replace(ISSUE, title="一篇虚构的文章", number=None), CHINAI, "chinesetitle"
    ),
}
"""By what is special about them; the key of each is its own."""
