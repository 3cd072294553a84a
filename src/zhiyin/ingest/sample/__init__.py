"""A synthetic social-commerce shop made from a seed: records to develop on, and the truth they were drawn from."""

from zhiyin.ingest.sample.shop import SAMPLE_VERSION, SampleShop, make
from zhiyin.ingest.sample.truth import Truth

__all__ = ["SAMPLE_VERSION", "SampleShop", "Truth", "make"]
