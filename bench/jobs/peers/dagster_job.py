"""A Dagster job of ops that do nothing, each in a process of its own, as a step of ours is."""

import os

from dagster import In, Nothing, Out, job, multiprocess_executor, op

WIDTH = int(os.environ.get("WIDTH", "0"))
CHAIN = int(os.environ.get("CHAIN", "1"))


@op(ins={"after": In(Nothing)}, out=Out(Nothing))
def nothing():
    pass


@op(out=Out(Nothing))
def first():
    pass


@job(executor_def=multiprocess_executor.configured({"max_concurrent": 2}))
def empty():
    last = first()
    if WIDTH:
        sides = [nothing.alias(f"side{i}")(last) for i in range(WIDTH)]
        nothing.alias("join")(sides)
    else:
        for i in range(CHAIN - 1):
            last = nothing.alias(f"step{i}")(last)
