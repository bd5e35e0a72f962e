"""The pipeline step that trains, in Python: scikit-learn's ridge regression on the same rows and
with the same parameters as training/train.ts, told to the workspace through MLflow's own client.

Without a run (MLFLOW_RUN_ID is not set) it prints what it would log.
"""

import argparse
import json
import os
from pathlib import Path

import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score
from sklearn.model_selection import train_test_split

TARGET_COLUMN = "Y"
PARAMETERS_FILE = Path(__file__).parents[2] / "parameters.json"


def read_training_data(path: str) -> pd.DataFrame:
    """Reads the data to train on; it must have the target and no missing values."""
    data = pd.read_csv(path)
    if TARGET_COLUMN not in data.columns:
        raise SystemExit(f"{path} has no column '{TARGET_COLUMN}', which is the one to predict")
    incomplete = [name for name in data.columns if data[name].isna().any()]
    if incomplete:
        raise SystemExit(f"{path} has missing values in {', '.join(incomplete)}")
    return data


def split_data(data: pd.DataFrame) -> dict:
    """A fifth of the rows is kept for testing; the same rows each time."""
    x = data.drop(columns=TARGET_COLUMN)
    y = data[TARGET_COLUMN]
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=0)
    return {"train": {"x": x_train, "y": y_train}, "test": {"x": x_test, "y": y_test}}


def train_model(data: dict, parameters: dict) -> Ridge:
    return Ridge(**parameters).fit(data["train"]["x"], data["train"]["y"])


def get_model_metrics(model: Ridge, data: dict) -> dict:
    """How well the model predicts the test rows, by the names that parameters.json may choose from."""
    expected = data["test"]["y"]
    predicted = model.predict(data["test"]["x"])
    mse = float(mean_squared_error(expected, predicted))
    return {
        "mse": mse,
        "rmse": mse**0.5,
        "mae": float(mean_absolute_error(expected, predicted)),
        "r2": float(r2_score(expected, predicted)),
    }


def save_model(model: Ridge, data: dict, folder: str, **origin: str | None) -> None:
    """Leaves the model in MLflow's format, with its signature, an example and where it is from."""
    import mlflow.sklearn
    from mlflow.models import Model, infer_signature

    x = data["train"]["x"]
    mlflow.sklearn.save_model(
        model,
        folder,
        mlflow_model=Model(**origin),
        signature=infer_signature(x, model.predict(x)),
        input_example=x.head(1),
        # Named, as MLflow would otherwise load the model in a process of its own to find them out.
        pip_requirements=["scikit-learn", "pandas", "skops"],
    )


def log_to_workspace(run_id: str, parameters: dict, metrics: dict, artifacts: tuple[str, str]):
    """On the step's own run, which also keeps the model, and on the pipeline's."""
    from mlflow import MlflowClient

    client = MlflowClient()
    client.log_artifacts(run_id, *artifacts)
    parent_id = client.get_run(run_id).data.tags.get("mlflow.parentRunId")
    for target in filter(None, [run_id, parent_id]):
        for name, value in parameters.items():
            client.log_param(target, name, value)
        for name, value in metrics.items():
            client.log_metric(target, name, value)
        client.set_tag(target, "run_type", "train")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model_name", required=True)
    parser.add_argument("--training_data", required=True)
    parser.add_argument("--step_output", required=True)
    arguments = parser.parse_args()
    for name, value in vars(arguments).items():
        print(f"Argument [{name}]: {value}")

    print("Getting training parameters")
    parameters = json.loads(PARAMETERS_FILE.read_text())["training"]
    print(f"Parameters: {parameters}")
    data = split_data(read_training_data(arguments.training_data))
    print(f"Training on {len(data['train']['y'])} rows, testing on {len(data['test']['y'])}")
    model = train_model(data, parameters)
    metrics = get_model_metrics(model, data)
    print(f"Metrics: {json.dumps(metrics)}")

    run_id = os.environ.get("MLFLOW_RUN_ID")
    folder, artifact_path = arguments.step_output, f"outputs/{arguments.model_name}"
    save_model(model, data, folder, run_id=run_id, artifact_path=artifact_path)
    print(f"Model saved in {folder}")
    if run_id is not None:
        log_to_workspace(run_id, parameters, metrics, (folder, artifact_path))
    print("Training done")


if __name__ == "__main__":
    main()
