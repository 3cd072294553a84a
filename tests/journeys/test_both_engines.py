"""The same files in, twice, on both engines: the same counts, the same findings, the same lists."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import polars as pl
import pytest

from zhiyin import Shop
from zhiyin.core import Kind
from zhiyin.settings import Settings

ENGINES = ("sqlite", "postgresql")


def movielens(folder: Path) -> Path:
    """Write files of the shape of MovieLens' small set: 60 people, 40 films of four genres, half of them liked by taste."""
    draw = random.Random(7)
    genres = ("Comedy", "Drama", "Action|Thriller", "Children's")
    films = [f"{n},Film {n} ({1980 + n}),{genres[n % 4]}" for n in range(1, 41)]
    ratings = [
        f"{user},{film},{5.0 if film % 4 == user % 4 else draw.choice((2.0, 3.5))},{1_000_000_000 + 86_400 * day}"
        for user in range(1, 61)
        for day, film in enumerate(draw.sample(range(1, 41), 12))
    ]
    folder.mkdir()
    (folder / "movies.csv").write_text("\n".join(["movieId,title,genres", *films]) + "\n")
    (folder / "ratings.csv").write_text(
        "\n".join(["userId,movieId,rating,timestamp", *ratings]) + "\n"
    )
    return folder


def part_of_a_year(shared_data: Path, folder: Path) -> Path:
    """Copy the Complete Journey with a fortieth of its goods and a tenth of its households."""
    folder.mkdir()
    shares = {"product_id": 40, "household_id": 10}
    for file in (shared_data / "complete_journey").glob("*.parquet"):
        rows = pl.read_parquet(file)
        kept = [pl.col(name) % n == 0 for name, n in shares.items() if name in rows.columns]
        rows.filter(*kept).write_parquet(folder / file.name)
    return folder


def part_of_the_listeners(shared_data: Path, folder: Path) -> Path:
    """Copy the plays, ties and tags of 150 of the people of hetrec2011-lastfm, and a quarter of its artists."""
    folder.mkdir()
    last = {b"userID": 165, b"id": 4_500}
    for file in (shared_data / "hetrec_lastfm").glob("*.dat"):
        head, *lines = file.read_bytes().splitlines(keepends=True)
        most = last.get(head.split(b"\t")[0], 10**9)
        lines = [line for line in lines if int(line.split(b"\t")[0]) <= most]
        (folder / file.name).write_bytes(head + b"".join(lines))
    return folder


@pytest.fixture
def two_shops(tmp_path, postgres_server):
    """Two empty shops whose pages may take their time: one on each engine."""
    urls = dict(zip(ENGINES, ("", postgres_server.new_database()), strict=True))
    shops = []
    for engine, url in urls.items():
        home = tmp_path / engine
        home.mkdir()
        told = f"[store]\nurl = {json.dumps(url)}\n[pipelines.home]\nbudget_ms = 5000\n"
        (home / "zhiyin.local.toml").write_text(told)
        shops.append(Shop.open(Settings.load(home)))
    yield shops
    for shop in shops:
        shop.close()


def lists(shop: Shop) -> list[list[tuple[str, float]]]:
    people = shop.store.keys(Kind.PERSON, range(0, shop.store.count(Kind.PERSON), 97))
    pages = [shop.recommend(user, is_preview=True) for user in [*people, None, "nobody"]]
    assert not any(page.degraded for page in pages)
    return [
        [(shop.catalogue.key(item.ref.number), round(item.score, 6)) for item in page.items]
        for page in pages
    ]


def contents(shop: Shop) -> dict[str, bytes]:
    """Return the parts of a dump, the same bytes for the same rows."""
    path = shop.settings.home / "all.zip"
    shop.store.dump(path)
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name != "manifest.json"}


def same_stored(shops: list[Shop], form: str, paths: list[Path]) -> None:
    told = []
    for shop in shops:
        first, second = shop.ingest(form, paths), shop.ingest(form, paths)
        assert first.accepted["events"] > 500
        assert not any(second.accepted.values())
        assert second.rejected == first.rejected
        told.append((first.accepted, first.duplicates, first.rejected))
    assert told[0] == told[1]
    assert contents(shops[0]) == contents(shops[1])


def same_on_both(shops: list[Shop], form: str, paths: list[Path]) -> None:
    same_stored(shops, form, paths)
    told = []
    for shop in shops:
        shop.train()
        found = [(finding.check, finding.status, finding.found) for finding in shop.check()]
        told.append((found, lists(shop)))
    assert told[0] == told[1]


@pytest.mark.slow
def test_movielens(two_shops, tmp_path):
    same_on_both(two_shops, "movielens", [movielens(tmp_path / "ml")])


@pytest.mark.slow
def test_hetrec_lastfm(two_shops, shared_data, tmp_path):
    part = part_of_the_listeners(shared_data, tmp_path / "hl")
    same_on_both(two_shops, "hetrec-lastfm", [part])


@pytest.mark.slow
def test_all_of_hetrec_lastfm_is_stored(two_shops, shared_data):
    same_stored(two_shops, "hetrec-lastfm", [shared_data / "hetrec_lastfm"])


@pytest.mark.slow
def test_amazon_magazines(two_shops, shared_data):
    folder = shared_data / "amazon_magazines"
    paths = [folder / f"{name}.jsonl.gz" for name in ("metadata", "reviews")]
    same_on_both(two_shops, "amazon-reviews", paths)


@pytest.mark.slow
def test_complete_journey(two_shops, shared_data, tmp_path):
    same_on_both(two_shops, "complete-journey", [part_of_a_year(shared_data, tmp_path / "cj")])
