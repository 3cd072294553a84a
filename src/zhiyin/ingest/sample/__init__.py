"""A synthetic social-commerce shop made from a seed: records to develop on, and the truth they were drawn from."""

from zhiyin.ingest.sample.feedback_loop import Answers, FeedbackLoop, Visitors
from zhiyin.ingest.sample.shop import SAMPLE_VERSION, SampleShop, make
from zhiyin.ingest.sample.trajectory import Trajectory, simulate
from zhiyin.ingest.sample.truth import Truth

__all__ = [
    "SAMPLE_VERSION", "Answers", "FeedbackLoop", "SampleShop", "Trajectory", "Truth", "Visitors",
    "make", "simulate",
]  # fmt: skip
