"""How much of what a chat model makes of the assistant's own sentences says the same, and how long it takes.

python benchmarks/service_rewording.py [--model llama]
"""

from __future__ import annotations

import argparse
import time

from setting import report
from zhiyin.assistant.words.guards import Sentence
from zhiyin.assistant.words.rewording import Rewording
from zhiyin.assistant.words.templates import LANGUAGES, templates
from zhiyin.settings import Part


def main() -> None:
    """Reword each sentence of the house once, without a limit of time that matters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="llama")
    asked = parser.parse_args()
    words = Rewording(Part(type=asked.model), timeout_s=60.0)
    told = {}
    for language in LANGUAGES:
        said = [one[language] for one in templates().values() if "{" not in one[language]]
        seconds, other = [], []
        for text in said:
            began = time.perf_counter()
            [new] = words.of([Sentence(text)], language)
            seconds.append(time.perf_counter() - began)
            if new.text != text:
                other.append([text, new.text])
        told[language] = {
            "sentences": len(said), "taken": len(other), "seconds": round(sum(seconds) / len(said), 2),
            "slowest": round(max(seconds), 2), "told": other,
        }  # fmt: skip
    report("service_rewording", **told)


if __name__ == "__main__":
    main()
