"""Polarity learned from a shop's own ratings."""

import numpy as np
import pytest

from zhiyin.core.records import Item, Post
from zhiyin.errors import DataError
from zhiyin.language import learning
from zhiyin.language.learning import learn_polarity
from zhiyin.language.sentiment import polarity
from zhiyin.language.sentiment.polarity import Polarity
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

# Words that the heads of the package have never seen.
SAID = {"en": ("blorp", "zugg"), "zh": ("甲乙", "戊己")}
FILLER = {"en": ["the", "tea", "cup", "box"], "zh": ["茶叶", "杯子", "盒子", "我们"]}


@pytest.fixture
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("shop") / "shop.db") as store:
        yield store


@pytest.fixture(autouse=True)
def few_columns(monkeypatch):
    monkeypatch.setattr(learning, "_BITS", 16)


def posts(n, language="en", ratings=(5.0, 1.0), seed=0, said=SAID):
    """Return n posts whose word tells their rating."""
    rng = np.random.default_rng(seed)
    found = []
    for place in range(n):
        is_good = bool(rng.random() < 0.5)
        words = [*rng.choice(FILLER[language], 3), said[language][not is_good], str(place)]
        found.append(
            Post(
                id=f"{language} {seed} {place}",
                text=" ".join(words),
                rating=ratings[not is_good],
            )
        )
    return found


def write(store, *batches):
    for batch in batches:
        store.write("posts", frame(batch))


def test_a_shop_s_own_words_are_learned_and_kept(store, tmp_path):
    path = tmp_path / "learned" / "polarity.npz"
    write(store, posts(200), posts(150, "zh"))
    heard = []
    told = learn_polarity(store, path, lambda done, n: heard.append(done))
    assert {language: one["texts"] for language, one in told.items()} == {"en": 200, "zh": 150}
    for one in told.values():
        assert one["before"] < 0.8 < one["after"]
        assert one["is_kept"]
    found = Polarity.read(path).probabilities(["blorp tea", "zugg tea", "甲乙茶", "戊己茶"])
    assert (found[:, 2] > found[:, 0]).tolist() == [True, False, True, False]
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_learning_again_keeps_what_is_no_better(store, tmp_path):
    path = tmp_path / "polarity.npz"
    write(store, posts(200))
    learn_polarity(store, path)
    before = path.read_bytes()
    told = learn_polarity(store, path)
    assert told["en"]["before"] == told["en"]["after"]
    assert not told["en"]["is_kept"]
    assert path.read_bytes() == before


def test_an_earlier_head_is_judged_by_texts_it_has_not_learned_from(store, tmp_path):
    path = tmp_path / "polarity.npz"
    rng = np.random.default_rng(0)
    # Only who has learned such a text knows its rating.
    secret = [
        Post(id=f"s{place}", text=f"w{place}x q{place}y", rating=float(rng.choice([1, 5])))
        for place in range(450)
    ]
    write(store, posts(150), secret[:400])
    assert learn_polarity(store, path)["en"]["is_kept"]
    write(store, secret[400:])
    assert learn_polarity(store, path)["en"]["before"] < 0.75


def test_progress_ends_where_only_one_language_is_spoken(store, tmp_path):
    write(store, posts(120, "zh"))
    heard = []
    learn_polarity(store, tmp_path / "polarity.npz", lambda done, n: heard.append(done))
    assert heard[-1] == 1


def test_what_the_package_knows_already_is_not_replaced(store, tmp_path):
    known = {"en": ("great quality, love it", "waste of money, broke after a day")}
    write(store, posts(120, said=known))
    told = learn_polarity(store, tmp_path / "polarity.npz")
    assert told["en"]["before"] == 1
    assert not told["en"]["is_kept"]
    assert not (tmp_path / "polarity.npz").exists()


def test_only_the_language_in_which_it_is_better_is_replaced(store, tmp_path):
    known = {"en": ("great quality, love it", "waste of money, broke after a day")}
    write(store, posts(120, said=known), posts(150, "zh"))
    told = learn_polarity(store, tmp_path / "polarity.npz")
    assert {language: one["is_kept"] for language, one in told.items()} == {"zh": True, "en": False}
    texts = ["great quality", "it broke", "the soft tea"]
    np.testing.assert_allclose(
        Polarity.read(tmp_path / "polarity.npz").probabilities(texts),
        Polarity.shipped().probabilities(texts),
        atol=5e-3,
    )


def test_ratings_of_ten_are_read_as_such(store, tmp_path):
    write(store, posts(200, ratings=(7.0, 4.0)), posts(1, ratings=(10.0, 1.0), seed=1))
    assert learn_polarity(store, tmp_path / "polarity.npz")["en"]["after"] > 0.9


def test_titles_are_read_and_posts_without_words_or_rating_left_out(store, tmp_path):
    rated = [
        Post(id=post.id, title=post.text.split()[3], text="", rating=post.rating)
        for post in posts(200)
    ]
    silent = [Post(id=f"s{n}", text=" ", rating=1.0) for n in range(50)]
    unrated = [Post(id=f"u{n}", text="blorp tea") for n in range(50)]
    write(store, rated, silent, unrated)
    told = learn_polarity(store, tmp_path / "polarity.npz")
    assert told["en"]["texts"] == 200


def test_a_rating_in_the_middle_teaches_no_side(store, tmp_path):
    write(store, posts(150), [Post(id=f"m{n}", text=f"zugg blorp {n}", rating=3.0) for n in range(80)])  # fmt: skip
    path = tmp_path / "polarity.npz"
    told = learn_polarity(store, path)
    assert told["en"]["texts"] == 230
    found = Polarity.read(path).probabilities(["blorp tea", "blorp zugg", "zugg tea"])
    assert found.argmax(axis=1).tolist() == [2, 1, 0]


@pytest.mark.parametrize("rating", [5.0, 1.0, 3.0])
def test_ratings_that_are_all_alike_teach_nothing(store, tmp_path, rating):
    write(store, [Post(id=str(n), text=f"blorp {n}", rating=rating) for n in range(150)])
    with pytest.raises(DataError, match="too few rated texts"):
        learn_polarity(store, tmp_path / "polarity.npz")


def test_a_few_posts_teach_nothing(store, tmp_path):
    with pytest.raises(DataError, match="too few rated texts"):
        learn_polarity(store, tmp_path / "polarity.npz")
    write(store, posts(99))
    with pytest.raises(DataError, match="too few rated texts"):
        learn_polarity(store, tmp_path / "polarity.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ratings", [(1.0, 0.0), (0.9, 0.3), (5.0, 2.0), (9.0, 3.0), (85.0, 35.0)])
def test_the_scale_of_ratings_is_seen(store, tmp_path, ratings):
    write(store, posts(150, ratings=ratings), posts(1, ratings=(max(ratings), 0.0), seed=1))
    assert learn_polarity(store, tmp_path / "polarity.npz")["en"]["after"] > 0.9


def test_one_slip_does_not_make_another_scale(store, tmp_path):
    write(store, posts(150), [Post(id="slip", text="blorp", rating=55.0)])
    assert learn_polarity(store, tmp_path / "polarity.npz")["en"]["after"] > 0.9


def test_what_a_word_says_is_learned_by_category(store, tmp_path):
    goods = [Item("phone", title="A phone", category="phones"), Item("dress", title="A dress", category="dresses")]  # fmt: skip
    store.write("items", frame(goods))
    rng = np.random.default_rng(0)
    said = []
    for place in range(300):
        item, is_small = str(rng.choice(["phone", "dress"])), bool(rng.random() < 0.5)
        rating = 5.0 if is_small == (item == "phone") else 1.0
        text = f"{'zugg' if is_small else 'blorp'} {place}"
        said.append(Post(str(place), "an", item, text=text, rating=rating))
    write(store, said)
    told = learn_polarity(store, tmp_path / "polarity.npz")
    assert told["en"]["after"] > 0.9
    own = Polarity.read(tmp_path / "polarity.npz")
    found = own.probabilities(["zugg", "zugg"], ["phones", "dresses"])
    assert found.argmax(axis=1).tolist() == [2, 0]


def test_an_outdated_head_goes_when_learning_finds_nothing_better(store, tmp_path, monkeypatch):
    path = tmp_path / "polarity.npz"
    write(store, posts(150))
    learn_polarity(store, path)
    monkeypatch.setattr(polarity, "_package_digest", lambda: "another")
    monkeypatch.setattr(learning, "_accuracy", lambda found, labels: 1.0)
    assert Polarity.read(path).is_outdated
    assert not learn_polarity(store, path)["en"]["is_kept"]
    again = Polarity.read(path)
    assert (again.is_outdated, again.learned) == (False, ())
