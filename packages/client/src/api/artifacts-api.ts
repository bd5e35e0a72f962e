// The files of a run, by MLflow's artifact proxy: streamed both ways.

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileBody, notFound, saveBody } from '../http/files.ts';
import type { HttpClient } from '../http/http-client.ts';
import { encodeFilePath, queryOf } from '../http/url-path.ts';
import type { MlflowFileInfo, MlflowRun } from '../wire/mlflow-run.ts';
import { mlflowPath } from './mlflow-path.ts';

export class ArtifactsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The files and folders directly under `folder`; default the root of the run's artifacts. */
  async list(runId: string, folder?: string): Promise<readonly MlflowFileInfo[]> {
    const answer = await this.#http.json<{ files?: readonly MlflowFileInfo[] }>({
      method: 'GET',
      path: mlflowPath(`artifacts/list${queryOf({ run_id: runId, path: folder })}`),
    });
    return answer.files ?? [];
  }

  /**
   * Uploads one file.
   * @param artifactPath where it goes below the run's artifacts, its own name included.
   */
  async upload(runId: string, localPath: string, artifactPath: string): Promise<void> {
    await this.#put(await this.#root(runId), localPath, artifactPath);
  }

  /** Uploads all files below a folder; `artifactFolder` default: the root of the artifacts. */
  async uploadFolder(runId: string, folder: string, artifactFolder?: string): Promise<void> {
    const root = await this.#root(runId);
    for (const file of await filesBelow(folder)) {
      const target = artifactFolder === undefined ? file : `${artifactFolder}/${file}`;
      await this.#put(root, path.join(folder, file), target);
    }
  }

  /** Downloads one file; what stands at `localPath` is replaced when the whole has arrived. */
  async download(runId: string, artifactPath: string, localPath: string): Promise<void> {
    const root = await this.#root(runId);
    await this.#http.send({ method: 'GET', path: proxyPath(root, artifactPath) }, (response) =>
      saveBody(response, localPath),
    );
  }

  async #put(root: string, localPath: string, artifactPath: string): Promise<void> {
    await this.#http.send(
      {
        method: 'PUT',
        path: proxyPath(root, artifactPath),
        headers: { 'content-type': 'application/octet-stream' },
        body: () => fileBody(localPath),
      },
      (response) => response.text(),
    );
  }

  /** The run's artifact root as the proxy knows it: `<experiment id>/<run id>/artifacts`. */
  async #root(runId: string): Promise<string> {
    const query = queryOf({ run_id: runId });
    const { run } = await this.#http.json<{ run: MlflowRun }>({
      method: 'GET',
      path: mlflowPath(`runs/get${query}`),
    });
    // `mlflow-artifacts:/1/…` and `mlflow-artifacts://host:port/1/…` both occur.
    return run.info.artifact_uri.replace(/^[a-z-]+:(\/\/[^/]*)?\/+/, '');
  }
}

function proxyPath(root: string, artifactPath: string): string {
  return `/api/2.0/mlflow-artifacts/artifacts/${encodeFilePath(`${root}/${artifactPath}`)}`;
}

/** The files below a folder, relative to it and divided by `/`, in the order of their names. */
async function filesBelow(folder: string): Promise<string[]> {
  const info = await stat(folder).catch((error: unknown) => {
    throw notFound(folder, error);
  });
  if (!info.isDirectory()) throw notFound(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
