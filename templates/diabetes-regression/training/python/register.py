"""The pipeline step that registers a model that was trained in Python: it becomes the next version
of its name, once for each pipeline run, with the tags that the next evaluation compares it by."""

import argparse
import json
import os
from pathlib import Path

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import Model

PARAMETERS_FILE = Path(__file__).parents[2] / "parameters.json"


def registered_before(client: MlflowClient, name: str, pipeline_run_id: str):
    """The version that this pipeline run has made already, as when the step is run again."""
    versions = client.search_model_versions(f"name = '{name}'")
    return next((each for each in versions if each.tags.get("run_id") == pipeline_run_id), None)


def ensure_model(client: MlflowClient, name: str) -> None:
    try:
        client.create_registered_model(name)
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise


def tags_of(pipeline_run) -> dict:
    wanted = json.loads(PARAMETERS_FILE.read_text())["registration"]["tags"]
    metrics = pipeline_run.data.metrics
    return {
        "area": "diabetes_regression",
        "run_id": pipeline_run.info.run_id,
        "experiment_name": os.environ["MLFLOW_EXPERIMENT_NAME"],
        **{name: str(metrics[name]) for name in wanted if name in metrics},
    }


def set_verdict(client: MlflowClient, run_id: str, report: dict, version) -> None:
    """What the pipeline has come to, for those who started it."""
    verdict = {
        "outcome": "registered",
        "metric": report["metric"],
        "newValue": report["newValue"],
        "productionValue": report["productionValue"],
        "model": {"name": version.name, "version": str(version.version)},
        "reason": report["reason"],
    }
    client.set_tag(run_id, "ridgeline.verdict", json.dumps(verdict))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model_name", required=True)
    parser.add_argument("--step_input", required=True)
    parser.add_argument("--evaluation_input", required=True)
    arguments = parser.parse_args()

    report = json.loads((Path(arguments.evaluation_input) / "evaluation.json").read_text())
    client = MlflowClient()
    own_run = client.get_run(os.environ["MLFLOW_RUN_ID"])
    pipeline_run = client.get_run(own_run.data.tags["mlflow.parentRunId"])
    pipeline_run_id = pipeline_run.info.run_id
    name = arguments.model_name
    version = registered_before(client, name, pipeline_run_id)
    if version is None:
        # Where the model says it is from: an earlier run, where its training was not repeated.
        model = Model.load(arguments.step_input)
        ensure_model(client, name)
        version = client.create_model_version(
            name,
            f"runs:/{model.run_id}/{model.artifact_path}",
            run_id=model.run_id,
            tags=tags_of(pipeline_run),
            description=f"Trained by run {pipeline_run_id}",
        )
    print(f"Model registered: {version.name}\nModel Version: {version.version}")
    set_verdict(client, pipeline_run_id, report, version)


if __name__ == "__main__":
    main()
