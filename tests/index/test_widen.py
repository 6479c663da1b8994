from __future__ import annotations

from chinai_tui.domain.query import And, Node, Phrase, Word
from chinai_tui.index.plan import Condition, Most, Plan, Term, leaves, plan
from chinai_tui.index.widen import STEPS, wider
from chinai_tui.text.query import parse


def forms(source: str) -> list[list[str]]:
    """What each weaker form looks for, with the number that suffices before it."""
    return [shown(weaker) for _, weaker in wider(plan(parse(source).root, lambda _: ()))]


def shown(weaker: Plan) -> list[str]:
    first = weaker.parts[0] if not isinstance(weaker, Term | Condition) else weaker
    least = [str(first.least)] if isinstance(first, Most) else []
    return least + [leaf.shown for leaf in leaves(weaker) if isinstance(leaf, Term)]


def test_function_words_go_first_then_order_then_some_of_the_words() -> None:
    assert forms('the "rise of chips" in ports') == [
        ["rise of chips", "ports"],
        ["rise", "chips", "ports"],
        ["2", "rise", "chips", "ports"],
    ]


def test_chinese_words_are_taken_by_twos() -> None:
    assert forms("国家队 AI") == [["国家", "家队", "AI"], ["2", "国家", "家队", "AI"]]
    assert forms("队") == forms("AI") == forms("") == []


def test_nothing_but_function_words_is_kept() -> None:
    assert forms("in an") == []
    assert forms("the* chips tides")[0][0] == "2"


def test_more_than_half_of_the_words_stay() -> None:
    assert [form[0] for form in forms("alpha beta gamma delta epsilon")] == ["4", "3"]
    assert forms("alpha beta") == []
    assert forms("alpha beta gamma") == [["2", "alpha", "beta", "gamma"]]


def test_of_a_long_query_not_every_number_is_tried() -> None:
    for count in range(1, 64):
        least = [int(form[0]) for form in forms(" ".join(f"word{n}" for n in range(count)))]
        assert least == sorted(set(least), reverse=True)
        assert least[:1] + least[-1:] == ([count - 1, count // 2 + 1] if count > 2 else [])
        assert len(least) <= STEPS + 1


def test_each_form_says_what_was_given_up() -> None:
    root: Node = And((Word("of"), Phrase("a b"), Word("c")))
    sentences = [sentence for sentence, _ in wider(plan(root, lambda _: ()))]
    assert sentences == [
        "These fit without “of”.",
        "These have the words, but not side by side.",
    ]
