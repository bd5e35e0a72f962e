from common import Task
from flaml import AutoML

task = Task()
automl = AutoML()
x = task.train.drop(columns=[task.target])
metric = {"regression": "rmse", "binary": "roc_auc", "multiclass": "log_loss"}[task.kind]
automl.fit(
    x,
    task.train[task.target],
    task="regression" if task.is_regression else "classification",
    metric=metric,
    time_budget=task.budget,
    seed=task.seed,
    n_jobs=2,
    ensemble="ensemble" in task.extra,
    verbose=0,
)
if task.is_regression:
    task.write(automl.predict(task.test))
else:
    task.write(automl.predict_proba(task.test), automl.classes_)
