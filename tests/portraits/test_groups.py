"""Groups are of what people declared and an operator may know; small ones and hidden people stay out."""

from datetime import UTC, datetime

import numpy as np
import pytest

from zhiyin.core.records import Person
from zhiyin.portraits.groups import groups_of, read_groups
from zhiyin.store.frames import frame
from zhiyin.store.store import Store


@pytest.mark.parametrize(
    ("attributes", "groups"),
    [
        ({"age_band": "25-34", "gender": "woman", "city": "杭州"}, ["age:25-34", "gender:women", "city:杭州"]),
        ({"age": 29}, ["age:25-34"]),
        ({"age": "60"}, ["age:55+"]),
        ({"年龄段": "55+", "性别": "男", "省份": "浙江"}, ["age:55+", "gender:men", "region:浙江"]),
        ({"age": 12}, []),
        ({"age_band": "<18"}, []),
        ({"age_band": "12-17"}, []),
        ({"age_band": "under 25"}, []),
        ({"gender": "transgender"}, []),
        ({"gender": "prefer not to say"}, []),
        ({"religion": "none", "nationality": "x", "income": "high", "民族": "汉", "device": "ios"}, []),
        ({"city": ["a"], "region": "", "age": None}, []),
        ({"city": "x" * 41}, []),
    ],
)  # fmt: skip
def test_only_age_gender_and_where_people_live_make_groups(attributes, groups):
    assert groups_of(attributes) == groups


def test_a_group_has_ten_people_who_do_not_hide(tmp_path):
    people = [Person(f"w{n}", attributes={"gender": "woman"}) for n in range(10)]
    people += [Person(f"m{n}", attributes={"gender": "man", "city": "x"}) for n in range(9)]
    people += [Person("hidden", attributes={"gender": "man", "social": "hidden"})]
    people += [Person("silent", created=datetime(2026, 1, 1, tzinfo=UTC))]
    with Store.open(tmp_path / "shop.db") as store:
        store.write("users", frame(people))
        groups, member = read_groups(store, 21)
        fewer, _ = read_groups(store, 9)
    assert groups.tolist() == ["everybody", "gender:women"]
    assert np.asarray(member.sum(axis=0)).ravel().tolist() == [21, 10]
    assert member.toarray()[:10, 1].tolist() == [1] * 10
    assert fewer.tolist() == ["everybody"]
