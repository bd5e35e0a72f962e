from autogluon.tabular import TabularPredictor
from common import Task

task = Task()
metric = {"regression": "root_mean_squared_error", "binary": "roc_auc", "multiclass": "log_loss"}
predictor = TabularPredictor(
    label=task.target,
    problem_type=task.kind,
    eval_metric=metric[task.kind],
    path="autogluon",
    verbosity=0,
).fit(task.train, time_limit=task.budget, presets=task.extra[0], num_cpus=2)
if task.is_regression:
    task.write(predictor.predict(task.test).to_numpy())
else:
    probabilities = predictor.predict_proba(task.test)
    task.write(probabilities.to_numpy(), probabilities.columns)
