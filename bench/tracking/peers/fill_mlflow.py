"""Fills the database of an MLflow server as fill.ts fills ours. Run: fill_mlflow.py URI RUNS COLUMNS POINTS"""

import json
import math
import sys
import uuid

import sqlalchemy

uri, runs, columns, points = sys.argv[1], *map(int, sys.argv[2:])
engine = sqlalchemy.create_engine(uri)
tables = sqlalchemy.MetaData()
tables.reflect(engine)
NOW = 1_700_000_000_000


def insert(connection, table, rows):
    for start in range(0, len(rows), 5_000):
        connection.execute(tables.tables[table].insert(), rows[start : start + 5_000])


def experiment(connection, name):
    row = dict(name=name, artifact_location="", lifecycle_stage="active", creation_time=NOW, last_update_time=NOW)
    if "workspace" in tables.tables["experiments"].c:
        row["workspace"] = "default"
    return connection.execute(tables.tables["experiments"].insert().values(row)).inserted_primary_key[0]


def run_row(experiment_id, name):
    return dict(
        run_uuid=uuid.uuid4().hex, name=name, source_type="UNKNOWN", source_name="", entry_point_name="",
        user_id="", status="RUNNING", start_time=NOW, end_time=None, deleted_time=None, source_version="",
        lifecycle_stage="active", artifact_uri="", experiment_id=experiment_id,
    )


def metric_row(run, key, value, step=0):
    return dict(run_uuid=run["run_uuid"], key=key, value=value, timestamp=NOW, step=step, is_nan=False)


def fill(connection, runs_made, metrics):
    insert(connection, "runs", runs_made)
    insert(connection, "metrics", metrics)
    insert(connection, "latest_metrics", metrics)


with engine.begin() as connection:
    many, wide = experiment(connection, "many"), experiment(connection, "wide")
    for start in range(0, runs, 5_000):
        block = [run_row(many, f"run {i}") for i in range(start, min(runs, start + 5_000))]
        metrics = [
            metric_row(run, f"m{k}", (((start + i) * 7919 + k * 104_729) % 10_007) / 10_007)
            for i, run in enumerate(block)
            for k in range(20)
        ]
        fill(connection, block, metrics)
    each = math.ceil(columns / 100)
    block = [run_row(wide, f"wide {i}") for i in range(100)]
    fill(connection, block, [metric_row(run, f"c{i * each + k}", k) for i, run in enumerate(block) for k in range(each)])
    long = run_row(many, "long")
    insert(connection, "runs", [long])
    for start in range(0, points, 50_000):
        steps = range(start, min(points, start + 50_000))
        insert(connection, "metrics", [metric_row(long, "long", math.sin(step), step) for step in steps])
    insert(connection, "latest_metrics", [metric_row(long, "long", math.sin(points - 1), points - 1)])
print(json.dumps(dict(experiment=str(many), wideExperiment=str(wide), longRun=long["run_uuid"])))
