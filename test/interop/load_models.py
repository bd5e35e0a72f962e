"""Loads each model folder that is named with mlflow.pyfunc and mlflow.onnx, checks it, and prints what
it predicts for its own input example, as one line of JSON a folder."""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import mlflow.onnx
import mlflow.pyfunc
import onnx

for folder in sys.argv[1:]:
    onnx.checker.check_model(mlflow.onnx.load_model(folder), full_check=True)
    model = mlflow.pyfunc.load_model(folder)
    predicted = model.predict(model.input_example)
    print(json.dumps({name: predicted[name].tolist() for name in predicted.columns}))
