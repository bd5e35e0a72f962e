# Deletes the endpoints and the computes that the other pipelines make, as far as they are there.
# Run in the project's folder.
set -e -o pipefail

# remove NOUN NAME: what is not there is no failure, and a server that does not answer is one.
remove() {
  ridgeline "$1" list --json > objects.json
  if node -e 'process.exit(JSON.parse(fs.readFileSync("objects.json", "utf8")).some(({ name }) => name === process.argv[1]) ? 0 : 1)' "$2"; then
    ridgeline "$1" delete "$2"
  else
    echo "$1 $2 is not there"
  fi
}

for name in "$ACI_DEPLOYMENT_NAME" "$AKS_DEPLOYMENT_NAME" "$WEBAPP_DEPLOYMENT_NAME" model-blue model-green; do
  [ -z "$name" ] || remove endpoint "$name"
done
remove compute "${AML_COMPUTE_CLUSTER_NAME:-train-cluster}"
remove compute "${AML_COMPUTE_CLUSTER_NAME_SCORING:-score-cluster}"
rm -f objects.json
