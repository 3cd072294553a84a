"""Many phrases in one walk: the longest, whole words, in the order of the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.language.facts.phrases import LONGEST, Match, Phrases, lexicon, spelled_out


def test_the_longest_phrase_wins_and_overlaps_are_left_out():
    found = Phrases({"公园": "park", "湿地公园": "wetland", "园林": "garden"})
    assert found.matches("去湿地公园林荫道") == [Match(1, 5, "wetland")]


def test_latin_phrases_are_whole_words_and_chinese_ones_need_no_bounds():
    found = Phrases({"park": 1, "gym": 2, "雨": 3})
    assert [m.value for m in found.matches("parking spark park? 去gym了，雨")] == [1, 2, 3]


def test_templates_are_spelled_out():
    assert sorted(spelled_out("(so|) hot (today|here)")) == [
        "hot here", "hot today", "so hot here", "so hot today",
    ]  # fmt: skip
    assert lexicon({"a": "x / y(s|)", "b": "y"}) == {"x": "a", "ys": "a", "y": "b"}


def test_what_is_too_long_or_empty_is_not_looked_for():
    assert len(Phrases({"": 1, "a" * (LONGEST + 1): 2})) == 0
    assert Phrases({}).matches("anything") == []


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(st.text("ab天地", min_size=1, max_size=4), st.integers(), max_size=6),
    st.text("ab天地 ", max_size=20),
)
def test_it_finds_what_a_slow_search_finds(values, text):
    def is_word(start, end):
        before, behind = text[start - 1 : start], text[end : end + 1]
        return not (
            (before.isascii() and before.strip() and text[start].isascii())
            or (behind.isascii() and behind.strip() and text[end - 1].isascii())
        )

    slow, start = [], 0
    while start < len(text):
        fits = [
            phrase
            for phrase in values
            if text.startswith(phrase, start) and is_word(start, start + len(phrase))
        ]
        longest = max(fits, key=len, default="")
        if longest:
            slow.append(Match(start, start + len(longest), values[longest]))
        start += len(longest) or 1
    assert Phrases(values).matches(text) == slow
