// Azure ML's curated environments are images of Azure's and not to be had here. Their names say what
// they bring, so that an environment of one's own can be suggested that brings the same.

const frameworks: readonly (readonly [RegExp, string])[] = [
  [/sklearn|scikit/i, 'scikit-learn'],
  [/lightgbm/i, 'lightgbm'],
  [/xgboost/i, 'xgboost'],
  [/pytorch|acpt/i, 'torch'],
  [/tensorflow/i, 'tensorflow'],
];

/** How to make an environment that does what one of that name seems to be for. */
export function suggestOwn(name: string): string {
  const found = frameworks.filter(([pattern]) => pattern.test(name)).map(([, pip]) => pip);
  const packages = [...found, 'mlflow-skinny'].join(', ');
  return (
    "Write what the step needs into the job: 'environment: {conda_file: {dependencies: " +
    `[python=3.11, pip, {pip: [${packages}]}]}}', or register a file with 'name: my-environment' and ` +
    "that 'conda_file' ('ridgeline environment create -f FILE') and write 'azureml:my-environment@latest'"
  );
}
