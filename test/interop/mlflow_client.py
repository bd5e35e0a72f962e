# MLflow's own client against a live workspace: what people do with it, from autologging to webhooks.
# Prints one line of JSON with what it found; any answer that the client cannot take ends it.
import json
import os
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import mlflow
import numpy as np
import requests
from mlflow import MlflowClient
from mlflow.data.numpy_dataset import from_numpy
from mlflow.entities import LoggedModelInput
from mlflow.entities.webhook import WebhookAction, WebhookEntity, WebhookEvent
from mlflow.exceptions import MlflowException
from mlflow.server import get_app_client
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge

client = MlflowClient()
found = {}
x, y = load_diabetes(return_X_y=True)


class Receiver(BaseHTTPRequestHandler):
    received = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        Receiver.received.append((dict(self.headers), body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


receiver = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()

experiment = mlflow.set_experiment("interop")


def autologging():
    mlflow.sklearn.autolog()
    with mlflow.start_run(run_name="autologged") as run:
        Ridge(alpha=0.5).fit(x, y)
    mlflow.sklearn.autolog(disable=True)
    run = client.get_run(run.info.run_id)
    model = mlflow.search_logged_models(
        experiment_ids=[experiment.experiment_id],
        filter_string=f"source_run_id = '{run.info.run_id}'",
        output_format="list",
    )[0]
    loaded = mlflow.sklearn.load_model(f"models:/{model.model_id}")
    found["autolog"] = {
        "alpha": run.data.params["alpha"],
        "metrics": sorted(run.data.metrics),
        "outputs": [output.model_id for output in run.outputs.model_outputs] == [model.model_id],
        "status": str(model.status),
        "alpha of the model": model.params.get("alpha"),
        "loaded": bool(np.allclose(loaded.predict(x[:3]), Ridge(alpha=0.5).fit(x, y).predict(x[:3]))),
        "files": sorted(item.path for item in client.list_logged_model_artifacts(model.model_id)),
    }
    return run, model


def logged_models():
    model = mlflow.create_external_model(
        name="external", model_type="other", params={"depth": "3"}, tags={"team": "a"}
    )
    data = from_numpy(x, targets=y, name="diabetes", digest="d1g357")
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="training", model=LoggedModelInput(model.model_id))
        for step, value in enumerate([3.5, 2.5]):
            mlflow.log_metric("rmse", value, step=step, model_id=model.model_id, dataset=data)
    client.set_logged_model_tags(model.model_id, {"stage": "tried", "gone": "soon"})
    client.delete_logged_model_tag(model.model_id, "gone")
    got = client.get_logged_model(model.model_id)
    ids = [experiment.experiment_id]

    def search(**query):
        models = client.search_logged_models(experiment_ids=ids, **query)
        return [one.name for one in models]

    found["logged models"] = {
        "status": str(got.status),
        "params": got.params,
        "team": got.tags.get("team"),
        "stage": got.tags.get("stage"),
        "gone": got.tags.get("gone"),
        "metrics": [[m.key, m.value, m.step, m.dataset_name] for m in got.metrics],
        "by metric": search(filter_string="metrics.rmse < 3"),
        "by metric, not": search(filter_string="metrics.rmse > 9"),
        "by data": search(datasets=[{"dataset_name": "diabetes"}]),
        "by other data": search(datasets=[{"dataset_name": "other"}]),
        "by param": search(filter_string="params.depth IN ('3', '4') AND name ILIKE 'EXT%'"),
        "ordered": search(order_by=[{"field_name": "metrics.rmse", "ascending": False}])[0],
        "inputs of the run": [one.model_id for one in client.get_run(run.info.run_id).inputs.model_inputs]
        == [model.model_id],
    }
    return run


def searching(run):
    ids = [experiment.experiment_id]

    def runs(filter_string):
        return len(client.search_runs(ids, filter_string))

    found["search"] = {
        "dataset.name": runs("dataset.name = 'diabetes'"),
        "dataset.context": runs("dataset.context IN ('training')") > 0,
        "dataset.digest": runs("datasets.digest LIKE 'd1g%'"),
        "run_id": runs(f"attributes.run_id IN ('{run.info.run_id}', 'none')"),
        "null": runs("params.alpha IS NULL") + runs("params.alpha IS NOT NULL") == runs(""),
        "experiments": [one.name for one in client.search_experiments(filter_string="name = 'interop'")],
        "pages": len(client.search_runs(ids, max_results=1).token) > 0,
    }


def wait_for_events():
    """What waits for a webhook is no longer sent when that is disabled."""
    for _ in range(200):
        if len(Receiver.received) >= int(os.environ["WAIT_FOR_EVENTS"]):
            return
        time.sleep(0.1)


def registry(run, model):
    events = [
        WebhookEvent(WebhookEntity.REGISTERED_MODEL, WebhookAction.CREATED),
        WebhookEvent(WebhookEntity.MODEL_VERSION, WebhookAction.CREATED),
        WebhookEvent(WebhookEntity.MODEL_VERSION_TAG, WebhookAction.SET),
        WebhookEvent(WebhookEntity.MODEL_VERSION_ALIAS, WebhookAction.CREATED),
    ]
    url = f"http://127.0.0.1:{receiver.server_port}/hook"
    hook = client.create_webhook("ci", url, events, secret="whisper")
    tested = client.test_webhook(hook.webhook_id)
    version = mlflow.register_model(f"models:/{model.model_id}", "interop-model")
    client.set_model_version_tag("interop-model", version.version, "checked", "yes")
    client.set_registered_model_alias("interop-model", "champion", version.version)
    champion = client.get_model_version_by_alias("interop-model", "champion")
    client.transition_model_version_stage("interop-model", version.version, "Production")
    latest = client.get_latest_versions("interop-model", ["Production"])
    copied = client.copy_model_version("models:/interop-model/1", "interop-copy")
    loaded = mlflow.pyfunc.load_model("models:/interop-copy/1")
    folder = mlflow.artifacts.download_artifacts("models:/interop-model@champion")
    found["registry"] = {
        "tested": [tested.success, tested.response_status],
        "version": version.version,
        "run": version.run_id == run.info.run_id,
        "champion": champion.version,
        "stage": [one.current_stage for one in latest],
        "copied": [copied.name, copied.version],
        "predictions": len(loaded.predict(x[:5])),
        "downloaded": "MLmodel" in os.listdir(folder),
        "versions of the model": json.loads(
            client.get_logged_model(model.model_id).tags["mlflow.modelVersions"]
        ),
    }
    wait_for_events()
    client.update_webhook(hook.webhook_id, status="DISABLED")
    found["hooks"] = [[one.name, str(one.status)] for one in client.list_webhooks()]
    return hook


def artifacts(run):
    with mlflow.start_run(run_id=run.info.run_id):
        mlflow.log_text("a note", "notes/a b.txt")
        mlflow.log_dict({"k": 1}, "notes/d.json")
    files = [one.path for one in client.list_artifacts(run.info.run_id, "notes")]
    text = mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/notes/a b.txt")
    found["artifacts"] = {"files": sorted(files), "text": text, "large": in_parts(run)}


def in_parts(run):
    settings = {
        "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD": "true",
        "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE": "1",
        "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE": "1000000",
    }
    os.environ.update(settings)
    with open("in parts.bin", "wb") as file:
        file.write(bytes(range(256)) * 12_000)
    client.log_artifact(run.info.run_id, "in parts.bin", "large")
    for name in settings:
        del os.environ[name]
    place = mlflow.artifacts.download_artifacts(f"runs:/{run.info.run_id}/large/in parts.bin")
    with open("in parts.bin", "rb") as sent, open(place, "rb") as kept:
        return sent.read() == kept.read()


def metrics(run):
    for step in range(30):
        client.log_metric(run.info.run_id, "curve", step / 10, step=step)
    history = client.get_metric_history(run.info.run_id, "curve")
    found["history"] = [len(history), history[-1].value]


def permissions():
    auth = get_app_client("basic-auth", os.environ["MLFLOW_TRACKING_URI"])
    person = auth.create_user("interop-person", "a sentence is a good one")
    on = (person.username, "experiment", client.create_experiment("held"))

    def told():
        one = auth.get_user_permission(*on)
        return [one.allowed, one.permission]

    found["permissions"] = said = {"person": [person.username, person.is_admin], "before": told()}
    auth.grant_user_permission(*on, "READ")
    said["granted"] = told()
    said["twice"] = refusal(lambda: auth.grant_user_permission(*on, "EDIT"))
    with person_of(person.username):
        said["looking"] = client.get_experiment(on[2]).name
        said["writing"] = refusal(lambda: client.set_experiment_tag(on[2], "k", "v"))
    auth.revoke_user_permission(*on)
    auth.grant_user_permission(*on, "DENY")
    with person_of(person.username):
        said["denied"] = refusal(lambda: client.get_experiment(on[2]))
    auth.revoke_user_permission(*on)
    said["revoked"] = told()
    said["none to revoke"] = refusal(lambda: auth.revoke_user_permission(*on))


def refusal(call):
    try:
        call()
    except MlflowException as error:
        return error.error_code


@contextmanager
def person_of(name):
    own = os.environ["MLFLOW_TRACKING_TOKEN"]
    answer = requests.post(
        os.environ["MLFLOW_TRACKING_URI"] + "/api/v1/tokens",
        json={"name": "interop", "user": name},
        headers={"authorization": "Bearer " + own},
    )
    os.environ["MLFLOW_TRACKING_TOKEN"] = answer.json()["token"]
    try:
        yield
    finally:
        os.environ["MLFLOW_TRACKING_TOKEN"] = own


run, model = autologging()
other = logged_models()
searching(other)
hook = registry(run, model)
artifacts(run)
metrics(run)
permissions()
client.delete_logged_model(model.model_id)
client.delete_webhook(hook.webhook_id)

found["received"] = [[headers, body] for headers, body in Receiver.received]
print(json.dumps(found), file=sys.stdout)
