// Which conda packages are the same thing on PyPI, and by what name. Only what is plainly the same
// stands here: a package that conda alone has (compilers, CUDA, MKL) has no place in a Python environment.

const sameName = `
  absl-py aiohttp altair arrow attrs azure-core azure-identity azure-storage-blob azureml-core
  azureml-defaults azureml-mlflow beautifulsoup4 black bokeh boto3 cachetools catboost certifi
  click cloudpickle colorama coverage cryptography cython dask databricks-cli databricks-sdk
  datasets dill distributed duckdb fastapi fastparquet filelock flake8 flask fsspec gensim gitpython
  grpcio gunicorn h5py httpx huggingface_hub hyperopt idna imbalanced-learn ipykernel ipython
  jinja2 joblib jsonschema jupyter jupyterlab keras lightgbm lxml matplotlib mlflow mlflow-skinny
  mypy networkx nltk notebook numba numexpr numpy onnx onnxruntime openpyxl optuna packaging
  pandas pandera patsy pillow pip plotly polars prophet protobuf psutil pyarrow pydantic pymongo
  pyodbc pyspark pytest pytest-cov python-dateutil python-dotenv pytz pyyaml regex requests rich
  ruff s3fs scikit-image scikit-learn scipy seaborn sentencepiece setuptools shap simplejson six
  skl2onnx spacy sqlalchemy statsmodels sympy tabulate tensorboard tensorflow tokenizers toolz
  torchaudio torchvision tqdm transformers typing_extensions typing-extensions tzdata umap-learn
  urllib3 uvicorn werkzeug wheel xarray xgboost xlrd zstandard
`;

const otherName: Readonly<Record<string, string>> = {
  'matplotlib-base': 'matplotlib',
  'msgpack-python': 'msgpack',
  opencv: 'opencv-python',
  'py-opencv': 'opencv-python-headless',
  'py-xgboost': 'xgboost',
  'pyarrow-core': 'pyarrow',
  pytables: 'tables',
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
};

const pipNames: ReadonlyMap<string, string> = new Map([
  ...(sameName.match(/\S+/g) ?? []).map((name) => [name, name] as const),
  ...Object.entries(otherName),
]);

/** Null where the package is not known to be on PyPI. */
export function pipNameOf(condaName: string): string | null {
  return pipNames.get(condaName) ?? null;
}

export const knownCondaNames: readonly string[] = [...pipNames.keys()];
