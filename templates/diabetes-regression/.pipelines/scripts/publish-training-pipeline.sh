# Publishes the training pipeline as the version PIPELINE_VERSION, and makes what it needs where
# that is missing: the compute, the data, for Python and R the environment. Run in the project's
# folder, with the variables of diabetes_regression-variables-template.yml as environment variables.
set -e -o pipefail

file=${TRAINING_PIPELINE_FILE:-pipelines/training-pipeline.yml}
compute=${AML_COMPUTE_CLUSTER_NAME:-train-cluster}
dataset=${DATASET_NAME:-diabetes_ds}
version=${DATASET_VERSION:-latest}

ridgeline compute create --name "$compute" --size "${AML_COMPUTE_CLUSTER_CPU_SKU:-STANDARD_DS2_V2}" \
  --min-instances "${AML_CLUSTER_MIN_NODES:-0}" --max-instances "${AML_CLUSTER_MAX_NODES:-4}"

if ridgeline data show "$dataset" > /dev/null 2>&1; then
  echo "Found existing dataset $dataset"
else
  ridgeline data create -f data/diabetes.yml
fi

# boolean WORD: true for `true` in any letter case, with spaces around it or not; else false.
boolean() {
  case "$(echo "$1" | tr -d '[:space:]')" in [Tt][Rr][Uu][Ee]) echo true ;; *) echo false ;; esac
}

# make_environment NAME FILE
make_environment() {
  if [ "$(boolean "$AML_REBUILD_ENVIRONMENT")" = false ] && ridgeline environment show "$1" > /dev/null 2>&1; then
    echo "Found existing environment $1"
  else
    ridgeline environment create -f "$2"
  fi
}

inputs=()
case "$file" in
  *-python.yml) make_environment "${AML_ENV_NAME:-diabetes_regression_training_env}" training/python/environment.yml ;;
  *-r.yml) make_environment diabetes_regression_r_env training/r/environment.yml ;;
esac
case "$file" in
  *-r.yml | *-r-on-databricks.yml) ;; # trains alone: nothing to compare, nothing to register
  *)
    if [ "$version" = latest ]; then data="azureml:$dataset@latest"; else data="azureml:$dataset:$version"; fi
    inputs=(
      --set "model_name=${MODEL_NAME:-diabetes_regression_model}"
      --set "training_data=$data"
      --set "run_evaluation=$(boolean "${RUN_EVALUATION:-true}")"
      --set "allow_run_cancel=$(boolean "${ALLOW_RUN_CANCEL:-true}")"
    )
    ;;
esac

name=${TRAINING_PIPELINE_NAME:-diabetes-Training-Pipeline}
ridgeline pipeline publish -f "$file" --name "$name" --version "$PIPELINE_VERSION" \
  --endpoint "$name" --compute "$compute" "${inputs[@]}"
