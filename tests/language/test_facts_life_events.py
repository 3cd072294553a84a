"""What happens in lives: announced by the writer, of these days, never inferred."""

from datetime import timedelta

import pytest

from zhiyin.language.facts import vocabulary_events as words
from zhiyin.language.facts.life_events import read_life_events


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("终于搬家了", ["moving"]),
        ("蚂蚁搬家", []),
        ("搬家公司态度好", []),
        ("去年搬家买的", []),
        ("我毕业了", ["graduation"]),
        ("毕业季礼物", []),
        ("我们下个月结婚", ["wedding"]),
        ("同事要结婚了", []),
        ("今天我生日", ["birthday"]),
        ("领养了一只小猫", ["new_pet"]),
        ("升职了！", ["promotion"]),
        ("下周要去三亚旅游", ["travel"]),
        ("周末去海宁玩了两天", []),
        ("宝宝昨天出生了", ["new_baby"]),
        ("要是我结婚了", []),
        ("你要结婚了吗", []),
        ("We just moved into a new flat", ["moving"]),
        ("moving into the winter", []),
        ("My sister got a new job", []),
        ("I just got a new job", ["new_job"]),
        ("I got a new job ten years ago", []),
        ("Our son was born last night", ["new_baby"]),
        ("My daughter was tired", []),
        ("Off to Japan tomorrow", ["travel"]),
        ("off to bed", []),
        ("for my wedding ring", []),
    ],
)
def test_events(text, found):
    assert [finding.value for finding in read_life_events(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "我怀孕了", "怀孕五个月了", "刚查出来有了，好开心", "备孕中", "孕妇装有推荐吗", "I'm pregnant!",
        "We're expecting a baby", "due in June", "baby bump photo", "buying prenatal vitamins",
    ],
)  # fmt: skip
def test_a_pregnancy_is_never_read(text):
    assert read_life_events(text) == []


def test_every_event_lasts_for_some_time():
    named = {value.rstrip("=~") for value in words.EVENTS if value}
    assert named == set(words.DAYS)
    assert read_life_events("我毕业了")[0].lasts == timedelta(days=words.DAYS["graduation"])
