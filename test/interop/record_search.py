# What MLflow itself answers to the searches of testdata/mlflow-search/cases.json: reads that file, and
# prints it with the answers, as it is kept there.
import json
import sys
import tempfile
import time

from mlflow import MlflowClient
from mlflow.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LoggedModelParameter,
    LoggedModelStatus,
    Metric,
)
from mlflow.entities.model_registry import RegisteredModelTag
from mlflow.exceptions import MlflowException

path = sys.argv[1]
suite = json.load(open(path))
fixture = suite["fixture"]
client = MlflowClient(f"sqlite:///{tempfile.mkdtemp()}/mlflow.db")
store = client._tracking_client.store
# Not through the client, which takes prompts out of what it asks for.
registry = client._get_registry_client().store


def pause():
    """So that times of creation differ."""
    time.sleep(0.005)


for experiment in fixture["experiments"]:
    client.create_experiment(experiment["name"], tags=experiment["tags"])
    pause()

run_ids = {}
for run in fixture["runs"]:
    made = client.create_run("0", start_time=run["start"], run_name=run["name"], tags=run["tags"])
    run_id = run_ids[run["name"]] = made.info.run_id
    for key, value in run["metrics"].items():
        client.log_metric(run_id, key, float(value), timestamp=1, step=0)
    for key, value in run["params"].items():
        client.log_param(run_id, key, value)
    for name, digest, context in run["datasets"]:
        dataset = Dataset(name, digest, "local", "source")
        tags = [InputTag("mlflow.data.context", context)]
        client.log_inputs(run_id, [DatasetInput(dataset, tags)])
    store.update_run_info(
        run_id,
        {"RUNNING": 1, "SCHEDULED": 2, "FINISHED": 3, "FAILED": 4, "KILLED": 5}[run["status"]],
        run.get("end"),
        run["name"],
    )

for model in fixture["models"]:
    tags = [RegisteredModelTag(key, value) for key, value in model["tags"].items()]
    registry.create_registered_model(model["name"], tags)
    pause()
    for version in model["versions"]:
        client.create_model_version(
            model["name"], version["source"], run_ids[version["run"]], tags=version["tags"]
        )
        pause()

# In another experiment, so that it is found by nobody.
measuring = client.create_run("1").info.run_id
for model in fixture["loggedModels"]:
    made = store.create_logged_model(
        "0",
        name=model["name"],
        model_type=model["type"],
        source_run_id=run_ids.get(model["run"]),
        params=[LoggedModelParameter(key, value) for key, value in model["params"].items()],
    )
    client.set_logged_model_tags(made.model_id, model["tags"])
    if model["ready"]:
        client.finalize_logged_model(made.model_id, LoggedModelStatus.READY)
    for key, value, timestamp, step, name, digest in model["metrics"]:
        point = Metric(key, value, timestamp, step, made.model_id, name, digest, measuring)
        store.log_metric(measuring, point)
    pause()


def answer(case):
    query = {"order_by": case.get("orderBy")}
    if "filter" in case:
        query["filter_string"] = case["filter"]
    of = case["of"]
    if of == "runs":
        return [run.info.run_name for run in client.search_runs(["0"], **{"filter_string": "", **query})]
    if of == "experiments":
        return [one.name for one in client.search_experiments(**query)]
    if of == "models":
        return [one.name for one in registry.search_registered_models(max_results=100, **query)]
    if of == "versions":
        return [f"{one.name}:{one.version}" for one in registry.search_model_versions(max_results=100, **query)]
    order = case.get("order")
    return [
        one.name
        for one in client.search_logged_models(
            experiment_ids=["0"],
            filter_string=case.get("filter"),
            datasets=[
                {"dataset_name": name, **({"dataset_digest": digest} if digest else {})}
                for name, digest in case.get("datasets", [])
            ]
            or None,
            order_by=[{"field_name": order[0], "ascending": order[1], "dataset_name": order[2]}]
            if order
            else None,
        )
    ]


for case in suite["cases"]:
    try:
        case["answer"] = answer(case)
    except MlflowException:
        case["answer"] = "refused"
    except Exception as error:
        case["answer"] = f"failed: {type(error).__name__}"

lines = ",\n    ".join(json.dumps(case, ensure_ascii=False) for case in suite["cases"])
print('{\n  "fixture": ' + json.dumps(fixture, ensure_ascii=False) + ',\n  "cases": [\n    ' + lines + "\n  ]\n}")
