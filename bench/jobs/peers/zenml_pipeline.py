"""A ZenML pipeline of steps that do nothing, on its local orchestrator, which runs them in turn."""

import os
import sys
import time

from zenml import pipeline, step

CHAIN = int(os.environ.get("CHAIN", "1"))


@step(enable_cache=False)
def nothing() -> None:
    pass


@pipeline(enable_cache=False)
def empty():
    for i in range(CHAIN):
        nothing(id=f"step{i}", after=[f"step{i - 1}"] if i else [])


if __name__ == "__main__":
    empty()  # What is made only once is made here.
    times = []
    for _ in range(3):
        start = time.perf_counter()
        empty()
        times.append((time.perf_counter() - start) * 1000)
    print(f"TOOK {min(times):.1f}", file=sys.stderr)
