"""Which column of a table holds which field: what the user says, then what the names suggest."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence

import polars as pl

from zhiyin.errors import InvalidRecord, nearest
from zhiyin.store.frames import json_text, mappings, required, schema

_PERSON = "user user_id userid person person_id customer customer_id household household_id reviewer reviewer_id member member_id uid 用户 用户id 会员"
_ITEM = "item item_id itemid product product_id sku asin parent_asin article movie movie_id artist artist_id goods goods_id iid 商品 商品id"
_TIME = "time timestamp ts datetime date created_at event_time unix_review_time review_time occurred_at 时间 日期"
_TEXT = "text content body comment message review review_text utterance 内容 评论 文本"
_OTHER = "other other_id friend friend_id target target_id to to_user followee trustee dst 好友"
_VALUE = "value rating score stars overall weight amount quantity 评分 数量"

_NAMES: Mapping[str, Mapping[str, str]] = {
    "events": {
        "user": _PERSON,
        "item": _ITEM,
        "type": "type event event_type action behavior behaviour feedback_type 类型 行为",
        "value": _VALUE,
        "time": _TIME,
        "request_id": "request_id",
        "event_id": "event_id",
        "target": "target",
    },
    "items": {
        "id": f"id {_ITEM}",
        "title": "title name product_name product_title artist_name item_name 标题 名称",
        "description": "description desc details 描述",
        "category": "category categories department class main_category genres 类目 分类",
        "brand": "brand manufacturer store 品牌",
        "price": "price list_price unit_price 价格",
        "price_minor": "price_minor price_cents",
        "currency": "currency 货币",
        "stock": "stock inventory 库存",
        "created": f"created {_TIME}",
    },
    "users": {"id": f"id {_PERSON}", "created": f"created registered signup {_TIME}"},
    "ties": {
        "user": f"{_PERSON} from from_user src source follower truster",
        "other": _OTHER,
        "kind": "kind type relation 关系",
        "strength": "strength weight trust 强度",
        "time": _TIME,
    },
    "interactions": {
        "user": f"{_PERSON} from from_user sender src",
        "other": f"{_OTHER} receiver recipient",
        "type": "type action kind 类型",
        "item": _ITEM,
        "value": "value amount",
        "text": _TEXT,
        "time": _TIME,
        "event_id": "event_id id",
    },
    "posts": {
        "id": "id post_id review_id",
        "user": f"{_PERSON} author author_id",
        "item": _ITEM,
        "kind": "kind type",
        "text": _TEXT,
        "title": "title summary headline 标题",
        "rating": "rating score stars overall 评分",
        "language": "language lang 语言",
        "time": _TIME,
    },
    "chats": {
        "conversation": "conversation conversation_id session session_id dialogue dialogue_id thread 会话",
        "role": "role speaker sender 角色",
        "text": _TEXT,
        "user": _PERSON,
        "item": _ITEM,
        "time": _TIME,
        "event_id": "event_id id",
    },
    "facts": {
        "subject": f"subject entity {_ITEM}",
        "name": "name attribute predicate relation key 属性",
        "value": "value object tag 值",
        "subject_kind": "subject_kind kind",
        "user": _PERSON,
        "time": _TIME,
        "source": "source",
        "span": "span",
        "method": "method",
        "confidence": "confidence",
    },
}
_CONTEXT = ("place", "weather", "temperature_c", "season", "hour", "weekday", "device", "occasion")


def plain(name: str) -> str:
    """Return a column's name in one spelling: ``reviewerID``, ``Reviewer Id`` and ``reviewer_id`` are the same.

    >>> plain("reviewerID"), plain("Unix Review-Time")
    ('reviewer_id', 'unix_review_time')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-.]+", "_", parted).lower()


def guess(kind: str, header: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return field → column for a table of one kind of record.

    Columns of items and users that are no field become their attributes, and some columns of events their context.

    Args:
        kind: a key of `core.RECORDS`.
        header: the table's columns.
        given: field → column as the user said it; a field of a mapping is ``context.weather``.
    Raises:
        InvalidRecord: a field or column in `given` does not exist, or a required field has no column.
    """
    spare = mappings(kind)
    _check_given(kind, header, given)
    found = dict(given)
    free: dict[str, str] = {}
    # Of columns that differ only in spelling the plain one goes first, and the others keep their own names.
    for column in sorted(header, key=lambda name: name != plain(name)):
        if column and column not in given.values():
            free[column if plain(column) in free else plain(column)] = column
    for field, names in {**_NAMES[kind], **{name: name for name in spare}}.items():
        named = next((name for name in names.split() if name in free), None)
        if field not in found and named is not None:
            found[field] = free.pop(named)
    if "context" in spare:
        found = {f"context.{name}": free[name] for name in _CONTEXT if name in free} | found
    if "attributes" in spare:
        found = {f"attributes.{name}": column for name, column in free.items()} | found
    missing = [field for field in required(kind) if field not in found]
    if missing:
        raise InvalidRecord(
            f"no column for {' and '.join(missing)} of {kind}",
            where=f"columns {', '.join(header)[:200]}",
            expected=f"a column named like {' or '.join(_NAMES[kind][missing[0]].split()[:4])}",
            next_step=f"say which it is: --map {missing[0]}=COLUMN",
        )
    return found


def _check_given(kind: str, header: Sequence[str], given: Mapping[str, str]) -> None:
    fields = [*schema(kind), *(["price"] if kind == "items" else [])]
    for field, column in given.items():
        whole, dot, inner = field.partition(".")
        if whole not in fields or (dot and not (inner and whole in mappings(kind))):
            raise InvalidRecord(
                f"{kind} have no field {field}",
                where=f"--map {field}={column}",
                expected=nearest(field, fields),
                next_step="correct the field's name",
            )
        if column not in header:
            raise InvalidRecord(
                f"there is no column {column}",
                where=f"--map {field}={column}",
                expected=nearest(column, difflib.get_close_matches(column, header, 20, 0.0)),
                next_step="correct the column's name",
            )


def apply(kind: str, rows: pl.DataFrame, mapping: Mapping[str, str]) -> pl.DataFrame:
    """Return the columns of `rows` under the names of the fields that `mapping` gives them.

    Fields of a mapping are packed into JSON text. Columns that `rows` lacks are null.
    """
    absent = sorted(set(mapping.values()) - set(rows.columns))
    rows = rows.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
    out = rows.select(pl.col(column).alias(f) for f, column in mapping.items() if "." not in f)
    for whole in mappings(kind):
        inner = {f.partition(".")[2]: c for f, c in mapping.items() if f.startswith(f"{whole}.")}
        if inner:
            packed = pl.struct(pl.col(column).alias(name) for name, column in inner.items())
            texts = rows.select(packed.struct.json_encode().alias(whole))[whole]
            if whole in out.columns:
                pairs = zip(out[whole].cast(pl.String), texts, strict=True)
                texts = pl.Series([_joined(said, more) for said, more in pairs], dtype=pl.String)
            out = out.with_columns(texts.alias(whole))
    return out


def _joined(said: str | None, more: str) -> str:
    """Return the JSON object `said` with the fields of `more`; one that is no object as it is, for the check to name."""
    try:
        fields = json.loads(said or "{}")
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        return said or ""
    return json_text(fields | json.loads(more))
