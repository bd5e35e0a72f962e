# Publishes the batch scoring pipeline as the version PIPELINE_VERSION, makes its compute where it
# is missing, and leaves the pipeline's id in pipeline_id.txt. Run in the project's folder.
set -e -o pipefail

compute=${AML_COMPUTE_CLUSTER_NAME_SCORING:-score-cluster}
name=${SCORING_PIPELINE_NAME:-diabetes-scoring-pipeline}

ridgeline compute create --name "$compute" \
  --size "${AML_COMPUTE_CLUSTER_CPU_SKU_SCORING:-STANDARD_DS2_V2}" \
  --min-instances "${AML_CLUSTER_MIN_NODES_SCORING:-0}" \
  --max-instances "${AML_CLUSTER_MAX_NODES_SCORING:-4}"

ridgeline pipeline publish -f pipelines/batch-scoring-pipeline.yml --name "$name" \
  --version "$PIPELINE_VERSION" --endpoint "$name" --compute "$compute" --json \
  --set "model_name=${MODEL_NAME:-diabetes_regression_model}" \
  --set "scoring_data=../data/${SCORING_DATASTORE_INPUT_FILENAME:-diabetes_scoring_input.csv}" \
  --set "output_filename=${SCORING_DATASTORE_OUTPUT_FILENAME:-diabetes_scoring_output.csv}" \
  > pipeline.json
node -p 'JSON.parse(fs.readFileSync("pipeline.json", "utf8")).id' > pipeline_id.txt
echo "Published pipeline: $name"
echo "for build $PIPELINE_VERSION"
