"""What a clause says of itself: questions, suppositions, denials, other people, other times."""

import time

import pytest

from zhiyin.language.facts.statements import Said


def clause_of(text, words):
    said = Said(text)
    at = text.index(words)
    return said.clause_at(at), at


def test_texts_are_cut_into_clauses_and_sentences():
    said = Said("今天真好，去公园。But I stay home because it rains\n明天 再说")
    words = [clause.words.strip() for clause in said.clauses if clause.words.strip()]
    assert words == [
        "今天真好", "去公园", "but i stay home", "because it rains", "明天", "再说",
    ]  # fmt: skip
    by_sentence = {clause.words.strip(): clause.sentence for clause in said.clauses}
    assert by_sentence["今天真好"] == by_sentence["去公园"] < by_sentence["but i stay home"]
    assert by_sentence["because it rains"] < by_sentence["明天"]


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("你喜欢跑步吗", "喜欢", True),
        ("Nice weather, anyone up for the park?", "park", True),
        ("Nice weather, anyone up for the park?", "weather", False),
        ("怎么又下雨了", "下雨", False),
        ("Do you like tea. Yes", "like", True),
    ],
)
def test_questions(text, words, answer):
    assert clause_of(text, words)[0].is_question is answer


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("如果下雨，我就在家", "在家", True),
        ("今天下雨。如果明天晴，就去", "今天", False),
        ("I would buy it if I had a dog", "dog", True),
        ("没希望了", "没", False),
    ],
)
def test_suppositions_reach_to_the_end_of_the_sentence(text, words, answer):
    clause, at = clause_of(text, words)
    assert clause.is_supposed(at) is answer


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("我不想去公园", "想去", True),
        ("没下雨", "下雨", True),
        ("忍不住想买", "想买", False),
        ("特别喜欢", "喜欢", False),
        ("迫不及待想去", "想去", False),
        ("I don't want to go", "want", True),
        ("can't wait to go", "go", False),
        ("not only cats", "cats", False),
    ],
)
def test_denials(text, words, answer):
    clause, at = clause_of(text, words)
    assert clause.denies(at) is answer


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("他想去公园", "想去", True),
        ("我妈想去公园", "想去", True),
        ("我和我妈想去公园", "想去", False),
        ("他刚失恋，想去海边", "想去", True),
        ("my sister loves tea", "loves", True),
        ("with my sister I love tea", "love", False),
    ],
)
def test_who_is_spoken_of(text, words, answer):
    clause, at = clause_of(text, words)
    assert clause.is_of_others(at) is answer


def test_times_rule_their_clause_and_those_behind_it():
    clause, at = clause_of("昨天下雨，没去公园，今天晴", "公园")
    assert clause.is_past(at)
    clause, at = clause_of("昨天下雨，没去公园，今天晴", "晴")
    assert clause.when(at) == "today"
    clause, at = clause_of("It was cold", "cold")
    assert clause.is_past(at)


def test_titles_handles_and_addresses_hold_no_words():
    text = "@小雨 看《今天下雨》 http://rain.example/raining a@rain.example"
    said = Said(text)
    assert len(said.plain) == len(text)
    assert "雨" not in said.plain
    assert "rain" not in said.plain
    assert [(match.start, match.value) for match in said.handles] == [(0, "小雨")]


def test_quoted_words_hold_no_control_characters():
    assert Said("a\x00b\ud800c").written(0, 5) == "a b\ufffdc"


@pytest.mark.parametrize("unit", [" ", "-", "- ", "\x00", " \n", "啊", "《", "@", "a."])
def test_a_huge_text_is_cut_in_linear_time(unit):
    began = time.process_time()
    said = Said(unit * (100_000 // len(unit)) + "。下雨")
    assert time.process_time() - began < 2
    assert said.clauses[-1].words == "下雨"
