"""Writes a Metaflow flow of steps that do nothing: CHAIN in a row, or WIDTH side by side and a join.

Metaflow reads the transitions from the source of a flow, so that each step has to stand in it.
"""

import os

WIDTH = int(os.environ.get("WIDTH", "0"))
CHAIN = int(os.environ.get("CHAIN", "1"))


def step(name, body, arguments="self"):
    return f"    @step\n    def {name}({arguments}):\n        {body}\n\n"


def steps():
    if WIDTH:
        fan = f"self.items = list(range({WIDTH})); self.next(self.side, foreach='items')"
        yield step("start", fan)
        yield step("side", "self.next(self.join)")
        yield step("join", "self.next(self.end)", "self, inputs")
    else:
        yield step("start", "self.next(self.step0)")
        for number in range(CHAIN):
            follower = f"step{number + 1}" if number + 1 < CHAIN else "end"
            yield step(f"step{number}", f"self.next(self.{follower})")
    yield step("end", "pass")


print("from metaflow import FlowSpec, step\n\n\nclass EmptyFlow(FlowSpec):")
print("".join(steps()))
print("if __name__ == '__main__':\n    EmptyFlow()")
