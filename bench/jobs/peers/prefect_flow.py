"""A Prefect flow whose tasks each start a process that does nothing, as a step of ours does."""

import os
import subprocess
import sys
import time

from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner

WIDTH = int(os.environ.get("WIDTH", "0"))
CHAIN = int(os.environ.get("CHAIN", "1"))


@task
def nothing(after=None):
    subprocess.run(["true"], check=True)


@flow(task_runner=ThreadPoolTaskRunner(max_workers=2))
def empty():
    if WIDTH:
        first = nothing.submit()
        sides = [nothing.submit(after=first) for _ in range(WIDTH)]
        nothing.submit(after=sides).result()
    else:
        last = None
        for _ in range(CHAIN):
            last = nothing.submit(after=last)
        last.result()


if __name__ == "__main__":
    empty()  # What is made only once is made here.
    times = []
    for _ in range(3):
        start = time.perf_counter()
        empty()
        times.append((time.perf_counter() - start) * 1000)
    print(f"TOOK {min(times):.1f}", file=sys.stderr)
