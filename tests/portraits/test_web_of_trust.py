"""Trust read from a store: what counts as evidence, what is spread, and what a snapshot keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from zhiyin.core import Kind
from zhiyin.core.records import Event, Post, Tie
from zhiyin.portraits.reading import read_doings
from zhiyin.portraits.web_of_trust import WebOfTrust
from zhiyin.social.reading import read_declared
from zhiyin.store.frames import frame
from zhiyin.store.store import Store

POSTS = {"p1": "di", "p2": "di", "p3": "bo", "mine": "an", "nobody's": None}


def vote(user, post, type_="like", **more):
    return Event(user, post, type_, target="post", **more)


def rated(user, *values):
    return [Event(user, f"tea{n}", "rating", value=value) for n, value in enumerate(values)]


class Read:
    """A web of trust by the shop's ids."""

    def __init__(self, folder, ties=(), events=()):
        with Store.open(folder / "shop.db") as store:
            posts = [Post(name, user, kind="share", text="x") for name, user in POSTS.items()]
            store.write("posts", frame(posts))
            for kind, told in (("ties", ties), ("events", events)):
                if told:
                    store.write(kind, frame(list(told)))
            self.n = store.count(Kind.PERSON)
            self.keys = dict(enumerate(store.keys(Kind.PERSON, range(self.n))))
            self.numbers = {key: number for number, key in self.keys.items()}
            authors = np.full(store.count(Kind.POST), -1)
            for name, user in POSTS.items():
                authors[store.number(Kind.POST, name)] = self.numbers.get(user, -1)
            self.web = WebOfTrust.read(
                store,
                read_declared(store),
                read_doings(store, Kind.POST),
                authors,
                n_people=self.n,
                n_items=store.count(Kind.ITEM),
            )

    def trust(self):
        rows, columns = self.web.given.nonzero()
        return {
            (self.keys[one], self.keys[two]): round(float(value), 4)
            for one, two, value in zip(rows.tolist(), columns.tolist(), self.web.given.data, strict=True)
        }  # fmt: skip

    def trusted(self, user, **more):
        people, trust = self.web.trusted(self.numbers[user], **more)
        return {self.keys[p]: float(t) for p, t in zip(people.tolist(), trust, strict=True)}


def test_a_tie_of_trust_counts_and_other_ties_do_not(tmp_path):
    ties = [Tie("an", "bo", "trust"), Tie("an", "cy", "trust", 0.5), Tie("an", "di", "friend")]
    assert Read(tmp_path, ties).trust() == {("an", "bo"): 0.9, ("an", "cy"): 0.45}


def test_votes_of_others_count_once_a_post_and_the_last_holds(tmp_path):
    events = [
        *(vote("an", "p1") for _ in range(9)),
        vote("an", "p2", "favourite"),
        vote("cy", "p1"),
        vote("cy", "p1", "dislike"),
        vote("an", "mine"),
        vote("an", "nobody's"),
        vote("bo", "p1", "view"),
    ]
    assert Read(tmp_path, events=events).trust() == {("an", "di"): pytest.approx(0.6 * 2 / 5)}


def test_a_private_vote_is_none(tmp_path):
    events = [vote("an", "p1", context={"visibility": "private"}), vote("cy", "p1")]
    assert list(Read(tmp_path, events=events).trust()) == [("cy", "di")]


def test_to_rate_alike_makes_trust_firmer_and_never_makes_it(tmp_path):
    ratings = [*rated("an", 1, 5, 2), *rated("bo", 1, 5, 2), *rated("cy", 1, 5, 2)]
    told = Read(tmp_path, [Tie("an", "bo", "trust", 0.5)], ratings).trust()
    assert list(told) == [("an", "bo")]
    assert told["an", "bo"] == pytest.approx(1 - 0.55 * (1 - 0.3 * 3 / 8), abs=1e-3)


def test_whom_somebody_is_against_is_not_trusted_and_nothing_goes_through(tmp_path):
    ties = [
        Tie("an", "bo", "trust"), Tie("an", "cy", "trust"), Tie("an", "cy", "block"),
        Tie("bo", "cy", "trust"), Tie("cy", "di", "trust"), Tie("bo", "ed", "trust"),
        Tie("bo", "fi", "trust"), Tie("an", "fi", "friend", -1.0),
    ]  # fmt: skip
    assert set(Read(tmp_path, ties).trusted("an")) == {"bo", "ed"}


def test_the_most_trusted_stand_as_high_as_own_word_and_votes_say(tmp_path):
    read = Read(tmp_path, [Tie("bo", "cy", "trust")], [vote("an", "p3")])
    trusted = read.trusted("an")
    assert list(trusted) == ["bo", "cy"]
    assert trusted["bo"] == pytest.approx(0.6 / 4)
    assert trusted["cy"] == pytest.approx(0.85 * 0.6 / 4, rel=0.03)
    assert list(read.trusted("an", most=1)) == ["bo"]
    assert read.trusted("di") == {}
    assert read.web.trusted(10_000)[0].size == 0


def ringed(members, bribes=1):
    """Fifty people in a circle who trust the next three, one of whom also trusts members of a ring of fakes."""
    n = 50
    one = np.repeat(np.arange(n), 3)
    two = (one + np.tile([1, 2, 3], n)) % n
    fakes = n + np.arange(members)
    inside = [(a, b) for a in fakes for b in fakes if a != b]
    pairs = [*zip(one, two, strict=True), *inside, *((1, n + k) for k in range(bribes))]
    rows, columns = np.array(pairs).T
    trust = np.full(len(pairs), 0.9, np.float32)
    return WebOfTrust.of(sparse.csr_array((trust, (rows, columns)), shape=(n + members,) * 2))


@pytest.mark.parametrize("members", [10, 100, 300])
def test_of_a_ring_behind_a_deceived_friend_only_who_was_met_comes_near(members):
    people, trust = ringed(members).trusted(0)
    assert set(people[people >= 50].tolist()) <= {50}
    assert {1, 2, 3} <= set(people.tolist())
    assert trust[people == 50].sum() < trust[people == 1].sum()


def test_a_ring_that_nobody_real_trusts_is_not_met():
    people, _ = ringed(100, bribes=0).trusted(0)
    assert people.size
    assert (people < 50).all()


@given(st.integers(0, 2**32 - 1), st.integers(0, 12))
@settings(deadline=None)
def test_what_is_trusted_is_others_within_bounds_and_in_order(seed, person):
    rng = np.random.default_rng(seed)
    given_ = rng.random((12, 12)) * (rng.random((12, 12)) < 0.3)
    np.fill_diagonal(given_, 0)
    against = (rng.random((12, 12)) < 0.1) & (given_ == 0)
    web = WebOfTrust.of(*(sparse.csr_array(m.astype(np.float32)) for m in (given_, against)))
    people, trust = web.trusted(person, most=5)
    assert people.size <= 5
    assert person not in people
    assert ((trust > 0) & (trust <= 1)).all()
    assert (np.diff(trust) <= 0).all()
    assert people.size == 0 or (not against[person, people].any() and given_[person].any())


def test_a_snapshot_gives_back_what_it_took_and_takes_nothing_where_nobody_trusts():
    web = ringed(5)
    told = WebOfTrust.from_arrays(web.arrays(), 55)
    for name in ("given", "damped", "against"):
        assert (getattr(told, name) != getattr(web, name)).nnz == 0
    for part in (told.given, told.damped):
        assert np.shares_memory(part.indices, web.arrays()["given_indices"])
    nobody = WebOfTrust.of(sparse.csr_array((3, 3), dtype=np.float32))
    assert nobody.arrays() == {}
    assert WebOfTrust.from_arrays({}, 3).trusted(0)[0].size == 0
