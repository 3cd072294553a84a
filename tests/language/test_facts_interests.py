"""What people like to do, in both languages, and what is only sold, asked or liked by others."""

import pytest

from tests.language.facts_shop import said
from zhiyin.language.facts import vocabulary_interests as words
from zhiyin.language.facts.interests import read_interests
from zhiyin.language.facts.phrases import lexicon


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我喜欢跑步", ["running"]),
        ("我爱喝咖啡，也喜欢烘焙", ["coffee", "baking"]),
        ("喜欢摄影、徒步和钓鱼", ["photography", "hiking", "fishing"]),
        ("对天文很感兴趣", ["astronomy"]),
        ("不喜欢跑步", []),
        ("你喜欢跑步吗", []),
        ("我儿子喜欢画画", []),
        ("儿子三岁了，特别喜欢画画", []),
        ("小时候喜欢画画", []),
        ("喜欢摄影的朋友看过来", []),
        ("喜欢这个跑步机", []),
        ("跑步机不错", []),
        ("晨跑五公里打卡", ["running"]),
        ("追剧追到凌晨", ["tv_series"]),
        ("我家猫又掉毛了", ["cats"]),
        ("I'm into photography", ["photography"]),
        ("I love running, hiking and tea", ["running", "hiking", "tea"]),
        ("I love this coffee machine", []),
        ("I love coffee machines", []),
        ("I used to love tennis", []),
        ("She loves tennis", []),
        ("Do you love tennis?", []),
        ("I hate running", []),
        ("avid cyclist here", ["cycling"]),
    ],
)
def test_interests(text, found):
    assert [finding.value for finding in read_interests(text)] == found


@pytest.mark.parametrize("interest", words.INTERESTS)
def test_every_interest_has_words_in_both_languages(interest):
    mine = [word for word, value in lexicon(words.INTERESTS).items() if value == interest]
    chinese = [f"我喜欢{word}" for word in mine if not word.isascii()]
    english = [f"I love {word}" for word in mine if word.isascii()]
    assert chinese
    assert english
    for texts in (chinese, english):
        assert any(f"interest {interest}" in said(read_interests(text)) for text in texts)


def test_what_people_do_and_are_has_a_known_id():
    assert len(words.INTERESTS) >= 115
    assert set(words.PRACTICE) | set(words.PERSONS) <= set(words.INTERESTS)
