"""Aspect, opinion and polarity found together: tags, features, pairs, what is learned, and how it is counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.bench.text_triplet import _figures, read_triplets
from zhiyin.errors import DataError, InvalidRecord
from zhiyin.language.aspects.chain import Spans
from zhiyin.language.aspects.pairing import MAX_ASPECTS, MAX_OPINIONS, likely_pairs, pair_rows
from zhiyin.language.aspects.tagging import BITS, hashed, layers, opinion_columns, token_columns
from zhiyin.language.aspects.triplets import Triplet, TripletReader, lexicon_triplets

GOOD, BAD = "positive", "negative"
TAUGHT = [
    ("味 道 好 吃 。", [Triplet((0, 1), (2, 3), GOOD)]),
    ("服 务 差 。", [Triplet((0, 1), (2, 2), BAD)]),
    ("好 吃 ， 服 务 不 错 。", [Triplet(None, (0, 1), GOOD), Triplet((3, 4), (5, 6), GOOD)]),
    ("味 道 和 服 务 都 差 。", [Triplet((0, 1), (6, 6), BAD), Triplet((3, 4), (6, 6), BAD)]),
    ("今 天 去 了 。", []),
]


@pytest.fixture(scope="module")
def reader():
    sentences, triplets = zip(*[(text.split(), told) for text, told in TAUGHT * 4], strict=True)
    return TripletReader.fit(sentences, triplets)


@pytest.mark.parametrize(("text", "told"), TAUGHT)
def test_what_was_taught_is_read_with_its_places(reader, text, told):
    assert reader.read([text.split()]) == [told]


def test_reading_together_is_reading_one_by_one(reader):
    sentences = [text.split() for text, _ in TAUGHT] + [["差"], []]
    assert reader.read(sentences) == [reader.read([one])[0] for one in sentences]
    assert reader.read([]) == []


@given(st.lists(st.text("味道服务好差,。\x00\ufffda 👍", max_size=4), max_size=9))
@settings(deadline=None, max_examples=15)
def test_any_tokens_can_be_read(reader, tokens):
    for one in reader.read([tokens])[0]:
        assert 0 <= one.opinion[0] <= one.opinion[1] < len(tokens)
        assert one.aspect is None or 0 <= one.aspect[0] <= one.aspect[1] < len(tokens)


def test_a_long_sentence_is_read(reader):
    found = reader.read([["味", "道", "差", "。"] * 500, ["差"]])
    assert len(found) == 2


def test_too_little_to_learn_from_is_refused_in_words():
    for sentences, triplets in (([], []), ([["好"]], [[]]), ([["好"]] * 3, [[]] * 3)):
        with pytest.raises(DataError, match="triplet"):
            TripletReader.fit(sentences, triplets)


def test_tokens_know_their_word_and_their_class():
    known = layers([list("质量不好"), [], ["good", "!"]])
    assert known.lengths.tolist() == [4, 0, 2]
    at = known.at
    assert known.words[at[0]] == known.words[at[1]] != known.words[at[2]]
    assert known.is_mark[at].tolist() == [False] * 5 + [True]
    assert known.classes[at[2:4]].tolist() == [4, 5]  # 不好 blames: a word and its inside
    assert known.classes[at[4]] == 2  # good praises
    assert len(token_columns(known)) == 6


def test_columns_of_a_sentence_do_not_hang_on_its_neighbours():
    sentences = [list("质量好,物流慢"), list("好"), list("服务差!但是味道好")]
    nowhere = Spans(*np.zeros((3, 0), np.int64), np.zeros(0))
    for columns in (token_columns, lambda known: opinion_columns(known, nowhere)):
        together = columns(layers(sentences))
        apart = np.vstack([columns(layers([one])) for one in sentences])
        assert (together == apart).all()
        assert 0 <= together.min() <= together.max() < 1 << BITS


def test_hashed_columns_tell_templates_and_salts_apart():
    same = np.zeros(1, np.int64)
    one, other = hashed([(same,), (same,)])[0]
    assert one != other
    assert hashed([(same,)], salt=1)[0, 0] == other
    assert (hashed([(same,)], bits=3) < 8).all()


def spans(*rows):
    sentence, first, last, chance = zip(*rows, strict=True)
    places = (np.array(one, np.int64) for one in (sentence, first, last))
    return Spans(*places, np.log(chance))


def test_every_likely_opinion_is_paired_with_every_likely_aspect_and_with_none():
    named = spans((0, 0, 1, 0.9), (0, 4, 5, 0.02), (2, 0, 0, 0.5))
    told = spans((0, 2, 3, 0.8), (1, 0, 1, 0.5), (2, 0, 0, 0.5))
    pairs = likely_pairs(named, told, 3)
    # 0.02 · 0.8 is too little, and in the third sentence aspect and opinion are the same span
    assert sorted(pairs.places.T.tolist()) == [
        [0, -1, -1, 2, 3],
        [0, 0, 1, 2, 3],
        [1, -1, -1, 0, 1],
        [2, -1, -1, 0, 0],
    ]
    named_there = pairs.aspect_first == 0
    assert np.exp(pairs.aspect_log_p[named_there]) == pytest.approx([0.9])
    rows = pair_rows(layers([list("味道好吃呀呀"), list("好吃"), list("好")]), named, told, pairs)
    assert rows.shape[0] == 4
    assert np.isfinite(rows.data).all()


def test_pairs_of_a_sentence_are_few_however_many_spans_it_has():
    many = spans(*[(0, n, n, 0.9) for n in range(50)])
    pairs = likely_pairs(many, spans(*[(0, n, n + 1, 0.9) for n in range(50)]), 1)
    assert len(pairs.sentence) == MAX_OPINIONS * (MAX_ASPECTS + 1)
    nobody = likely_pairs(many.where(np.zeros(50, bool)), many.where(np.arange(2)), 1)
    assert nobody.aspect_first.tolist() == [-1, -1]


def test_f1_counts_exact_triplets_once():
    true = [[Triplet((0, 1), (2, 3), GOOD), Triplet(None, (5, 5), BAD)], []]
    found = [
        [
            Triplet((0, 1), (2, 3), GOOD),
            Triplet((0, 1), (2, 3), GOOD),
            Triplet((0, 1), (5, 5), BAD),
        ],
        [Triplet(None, (0, 0), GOOD)],
    ]
    assert _figures(found, true) == {"precision": 0.33333, "recall": 0.5, "f1": 0.4}
    assert _figures([[], []], true) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_the_lexicon_names_spans_by_tokens():
    tokens = ["菜品", "很", "好", ",", "太", "贵"]
    assert lexicon_triplets(tokens, whole_clause=False) == [
        Triplet((0, 0), (1, 2), GOOD),
        Triplet(None, (4, 5), BAD),
    ]
    assert lexicon_triplets([""], whole_clause=True) == []


def test_a_file_s_triplets_are_read_as_written(tmp_path):
    path = tmp_path / "some.txt"
    path.write_text("味 道 好####[((0, 1), (2, 2), 'POS'), ((-1, -1), (2, 2), 'NEG')]\n", "utf-8")
    read = read_triplets(path)
    assert read.sentences == [["味", "道", "好"]]
    assert read.triplets == [[Triplet((0, 1), (2, 2), GOOD), Triplet(None, (2, 2), BAD)]]
    for listed in (
        "[((0, 1), (2, 3), 'POS')]",
        "[((1, 0), (2, 2), 'POS')]",
        "[((0.5, 1), (2, 2), 'POS')]",
        "3",
    ):
        path.write_text(f"味 道 好####{listed}\n", "utf-8")
        with pytest.raises(InvalidRecord, match="line 1"):
            read_triplets(path)
