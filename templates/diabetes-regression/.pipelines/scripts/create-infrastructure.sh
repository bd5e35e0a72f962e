# Makes the computes and registers the data where they are missing. Run in the project's folder.
set -e -o pipefail

refuse() {
  echo "##vso[task.logissue type=error]$1"
  exit 1
}
if [ -n "${BASE_NAME:-}" ] && ! [[ "$BASE_NAME" =~ ^[A-Za-z0-9]{3,10}$ ]]; then
  refuse "BASE_NAME is '$BASE_NAME'; expected 3 to 10 letters and digits, as it begins the names of resources"
fi
if [[ "${LOCATION:-}" == *[[:space:]]* ]]; then
  refuse "LOCATION is '$LOCATION'; expected a region without a space, such as centralus"
fi

ridgeline compute create --name "${AML_COMPUTE_CLUSTER_NAME:-train-cluster}" \
  --size "${AML_COMPUTE_CLUSTER_CPU_SKU:-STANDARD_DS2_V2}" \
  --min-instances "${AML_CLUSTER_MIN_NODES:-0}" --max-instances "${AML_CLUSTER_MAX_NODES:-4}"
ridgeline compute create --name "${AML_COMPUTE_CLUSTER_NAME_SCORING:-score-cluster}" \
  --size "${AML_COMPUTE_CLUSTER_CPU_SKU_SCORING:-STANDARD_DS2_V2}" \
  --min-instances "${AML_CLUSTER_MIN_NODES_SCORING:-0}" \
  --max-instances "${AML_CLUSTER_MAX_NODES_SCORING:-4}"

dataset=${DATASET_NAME:-diabetes_ds}
if ridgeline data show "$dataset" > /dev/null 2>&1; then
  echo "Found existing dataset $dataset"
else
  ridgeline data create -f data/diabetes.yml
fi
