"""Runs an entry script for Python in a process of its own: asked on standard input, it answers on
file descriptor 3, a line of JSON each, so that what the script prints is nothing but its log."""
import csv
import importlib.util
import io
import json
import os
import sys
import traceback

try:
    import pandas
except ImportError:
    pandas = None

questions = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
answers = os.fdopen(3, "w", encoding="utf-8", newline="\n")
# What the script reads from its standard input is nothing.
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def answer(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def load(script):
    sys.argv = [script] + sys.argv[2:]
    sys.path.insert(0, os.path.dirname(script))
    spec = importlib.util.spec_from_file_location("entry_script", script)
    module = importlib.util.module_from_spec(spec)
    sys.modules["entry_script"] = module
    spec.loader.exec_module(module)
    if not callable(getattr(module, "run", None)):
        raise AttributeError("%s has no function 'run'" % script)
    return module


def to_csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def mini_batch_of(question):
    if question["kind"] == "files":
        return question["files"]
    header, rows = question["header"], question["rows"]
    if pandas is None:
        return [dict(zip(header, row)) for row in rows]
    return pandas.read_csv(io.StringIO(to_csv([header] + rows)), skip_blank_lines=False)


def to_result(value):
    if value is None:
        return {"header": None, "text": "", "count": 0}
    if pandas is not None and isinstance(value, pandas.DataFrame):
        text = value.to_csv(index=False, header=False, lineterminator="\n")
        return {"header": [str(name) for name in value.columns], "text": text, "count": len(value)}
    rows = value.tolist() if hasattr(value, "tolist") else list(value)
    if rows and all(isinstance(row, dict) for row in rows):
        header = list(rows[0])
        text = to_csv([["" if row[name] is None else row[name] for name in header] for row in rows])
        return {"header": header, "text": text, "count": len(rows)}
    return {"header": None, "text": "".join("%s\n" % (row,) for row in rows), "count": len(rows)}


def main():
    try:
        entry = load(os.path.abspath(sys.argv[1]))
        if hasattr(entry, "init"):
            entry.init()
    except BaseException:
        answer({"failed": traceback.format_exc()})
        raise SystemExit(1)
    answer({"ready": True})
    for line in questions:
        question = json.loads(line)
        try:
            answer({"id": question["id"], "result": to_result(entry.run(mini_batch_of(question)))})
        except Exception:
            answer({"id": question["id"], "error": traceback.format_exc()})


main()
