from __future__ import annotations

import gzip
import random
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.errors import ZhiyinError
from zhiyin.ingest.reading import encodings
from zhiyin.ingest.reading.encodings import detect, likeliest
from zhiyin.ingest.reading.readers import read


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("user,item\n", "ascii", "utf-8-sig"),
        ("用户,商品,评分", "utf-8", "utf-8-sig"),
        ("Sigur Rós,Motörhead", "utf-8", "utf-8-sig"),
        ("用户,商品,评分", "gbk", "gb18030"),
        ("user,item,note\n1,2,好用\n", "gbk", "gb18030"),
        ("价格(元)", "gbk", "gb18030"),
        ("使用者,商品,評分,備註", "gbk", "gb18030"),
        ("😀 很好用，下次再买", "gb18030", "gb18030"),
        ("使用者,商品,評分", "big5", "big5"),
        ("這個商品的質量非常好，推薦給大家", "big5", "big5"),
        ("Sigur Rós", "latin-1", "cp1252"),
        ("naïve café – “quoted” it’s", "cp1252", "cp1252"),
        ("Die Ärzte", "cp1252", "cp1252"),
        ("créée à l'été", "latin-1", "cp1252"),
        ("£12.50;€3", "cp1252", "cp1252"),
        ("отличный товар, рекомендую", "cp1251", "utf-8-sig"),
    ],
)
def test_a_few_words_tell_their_encoding(text, written, found):
    assert likeliest(text.encode(written)) == found


def test_a_few_damaged_bytes_leave_a_text_utf_8():
    assert likeliest("很好的茶，下次再买".encode() + b"\xff,\xb2\xe8") == "utf-8-sig"
    assert likeliest("很好的茶，下次再买".encode()[1:-1]) == "utf-8-sig"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\xff\xfe",
        random.Random(1).randbytes(5000),
        "茶".encode("gbk") + b"\0",
    ],
    ids=["png", "random", "nul"],
)
def test_what_is_no_text_is_not_given_an_encoding(data):
    assert likeliest(data) == "utf-8-sig"


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
@pytest.mark.parametrize("n_lines", [0, 100_000])
def test_words_far_from_the_beginning_are_found(tmp_path, name, n_lines):
    data = b"user,item\n" + b"an,tea\n" * n_lines + "安,茶\n".encode("gbk")
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert detect(tmp_path / name) == "gb18030"


@pytest.mark.parametrize("place", ["middle", "end"])
def test_of_huge_files_the_middle_and_the_end_are_looked_at(tmp_path, monkeypatch, place):
    monkeypatch.setattr(encodings, "_PIECE", 1000)
    monkeypatch.setattr(encodings, "_SKIMMED", 4000)
    plain, words = b"an,tea\n" * 10_000, "安,茶\n".encode("gbk")
    (tmp_path / "a.csv").write_bytes(plain + words + (plain if place == "middle" else b""))
    assert detect(tmp_path / "a.csv") == "gb18030"


def test_a_gzip_cut_short_tells_what_it_has(tmp_path):
    whole = gzip.compress(
        "用户,商品\n".encode("gbk") + random.Random(1).randbytes(5000).hex().encode()
    )
    (tmp_path / "a.csv.gz").write_bytes(whole[:-100])
    assert detect(tmp_path / "a.csv.gz") in {"gb18030", "utf-8-sig"}


@pytest.mark.parametrize(
    ("written", "called"),
    [("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")],
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json"])
def test_reading_says_which_encoding_it_found(tmp_path, name, written, called):
    rows = '{"user":"小安","item":"好茶"}'
    text = {"a.csv": "user,item\n小安,好茶\n", "a.jsonl": rows, "a.json": f"[{rows}]"}[name]
    mark = "\ufeff" if written == "utf-16-be" else ""
    (tmp_path / name).write_bytes((mark + text).encode(written))
    chunks = list(read(tmp_path / name))
    assert chunks[0].notes == (f"{name}: read as {called} (it is not UTF-8)",)
    assert [note for chunk in chunks[1:] for note in chunk.notes] == []
    assert [row for chunk in chunks for row in chunk.rows.rows()] == [("小安", "好茶")]


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig"])
def test_of_utf_8_nothing_is_said(tmp_path, written):
    (tmp_path / "a.csv").write_text("user,item\n安,茶\n", encoding=written)
    assert [chunk.notes for chunk in read(tmp_path / "a.csv")] == [(), ()]


def test_an_encoding_that_is_given_is_taken(tmp_path):
    (tmp_path / "a.csv").write_bytes("user,item\n用户,商品\n".encode("gbk"))
    chunks = list(read(tmp_path / "a.csv", encoding="latin-1"))
    assert chunks[1].rows.rows() == [("ÓÃ»§", "ÉÌÆ·")]
    assert chunks[0].notes == ()


@settings(max_examples=50, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"user,item\n", b"\xff\xfe", b"[", b'{"a":1}\n', b'"a"\t"b"\n']),
    st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.json", "a.csv.gz", "a.parquet"]),
)
def test_reading_any_bytes_raises_errors_of_ours_only(body, head, name):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(gzip.compress(head + body) if name.endswith("gz") else head + body)
        with suppress(ZhiyinError):
            assert list(read(path))


everyday = st.characters(codec="gb2312", min_codepoint=0x4E00, max_codepoint=0x9FFF)
any_chinese = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
ascii_words = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)


sentences = st.builds(
    lambda usual, rare: "".join([*usual, *rare]),
    st.lists(everyday, min_size=20, unique=True),
    st.lists(any_chinese, max_size=3),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(ascii_words, sentences), min_size=1, max_size=5))
def test_a_text_in_gb18030_is_read_as_in_utf_8(rows):
    def quoted(cell):
        return '"' + cell.replace('"', '""') + '"'

    text = "word,text\n" + "".join(f"{quoted(word)},{quoted(said)}\n" for word, said in rows)
    with tempfile.TemporaryDirectory() as folder:
        tables = []
        for encoding in ("utf-8", "gb18030"):
            path = Path(folder, f"{encoding}.csv")
            path.write_bytes(text.encode(encoding))
            tables.append(
                [
                    (chunk.rows.rows(), chunk.lines.to_list(), list(chunk.rejected))
                    for chunk in read(path)
                ]
            )
    assert tables[0] == tables[1]
    assert tables[0][1][0] == rows


@pytest.mark.slow
@pytest.mark.parametrize("n_lines", [1, 3, 10, 100, 10_000])
def test_real_texts_tell_their_encoding(n_lines, shared_data):
    reviews = shared_data / "chinese_shopping_reviews/train.tsv.gz"
    artists = shared_data / "hetrec_lastfm/artists.dat"
    with gzip.open(reviews, "rt", encoding="utf-8") as file:
        chinese = [line for line in file if not line.isascii()]
    named = [
        line.split("\t")[1] + "\n" for line in artists.read_text(encoding="utf-8").splitlines()
    ]
    western = [
        name
        for name in named
        if not name.isascii() and name == name.encode("cp1252", "ignore").decode("cp1252")
    ]
    rng = random.Random(0)
    n_samples = 200 if n_lines <= 100 else 3
    for lines, written, found, floor in [
        (chinese, "utf-8", "utf-8-sig", 1.0),
        (chinese, "gb18030", "gb18030", 0.995),
        (western, "utf-8", "utf-8-sig", 1.0),
        (western, "cp1252", "cp1252", 0.97),
    ]:
        samples = ["".join(rng.sample(lines, min(n_lines, len(lines)))) for _ in range(n_samples)]
        right = sum(likeliest(sample.encode(written)) == found for sample in samples)
        assert right / n_samples >= floor, (written, n_lines)
