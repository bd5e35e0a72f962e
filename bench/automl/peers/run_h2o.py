import h2o
from common import Task
from h2o.automl import H2OAutoML

task = Task()
h2o.init(nthreads=2, max_mem_size="4G", log_level="FATA", port=54330)
try:
    train = h2o.H2OFrame(task.train)
    test = h2o.H2OFrame(task.test)
    if not task.is_regression:
        train[task.target] = train[task.target].asfactor()
    for name in task.test.columns:
        if train.type(name) != test.type(name) and train.type(name) == "enum":
            test[name] = test[name].asfactor()
    automl = H2OAutoML(max_runtime_secs=task.budget, seed=task.seed)
    automl.train(y=task.target, training_frame=train)
    predicted = automl.leader.predict(test).as_data_frame()
    if task.is_regression:
        task.write(predicted["predict"].to_numpy())
    else:
        classes = train[task.target].levels()[0]
        task.write(predicted.drop(columns=["predict"]).to_numpy(), classes)
finally:
    h2o.cluster().shutdown()
