// Experiments, by MLflow's routes.

import { hasCode } from '../errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { queryOf } from '../http/url-path.ts';
import type {
  MlflowExperiment,
  MlflowExperimentPage,
  MlflowExperimentSearch,
} from '../wire/mlflow-experiment.ts';
import { toPairs } from '../wire/mlflow-values.ts';
import { mlflowPath } from './mlflow-path.ts';

type Tags = Readonly<Record<string, string>>;

export class ExperimentsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /**
   * Makes an experiment and gives its id.
   * @throws ApiError RESOURCE_ALREADY_EXISTS
   */
  async create(experiment: { readonly name: string; readonly tags?: Tags }): Promise<string> {
    const { experiment_id: id } = await this.#http.json<{ experiment_id: string }>({
      method: 'POST',
      path: mlflowPath('experiments/create'),
      json: { name: experiment.name, tags: toPairs(experiment.tags) },
    });
    return id;
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async getById(id: string): Promise<MlflowExperiment> {
    return this.#get(`experiments/get${queryOf({ experiment_id: id })}`);
  }

  /** @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async getByName(name: string): Promise<MlflowExperiment> {
    return this.#get(`experiments/get-by-name${queryOf({ experiment_name: name })}`);
  }

  /** The experiment of that name, made where there is none. */
  async getOrCreate(name: string): Promise<MlflowExperiment> {
    try {
      return await this.getByName(name);
    } catch (error) {
      if (!hasCode(error, 'RESOURCE_DOES_NOT_EXIST')) throw error;
    }
    try {
      return await this.getById(await this.create({ name }));
    } catch (error) {
      // Someone else was quicker.
      if (hasCode(error, 'RESOURCE_ALREADY_EXISTS')) return this.getByName(name);
      throw error;
    }
  }

  async search(search: MlflowExperimentSearch = {}): Promise<MlflowExperimentPage> {
    return this.#http.json({
      method: 'POST',
      path: mlflowPath('experiments/search'),
      json: { max_results: 1000, ...search },
      repeatable: true,
    });
  }

  async #get(route: string): Promise<MlflowExperiment> {
    const answer = await this.#http.json<{ experiment: MlflowExperiment }>({
      method: 'GET',
      path: mlflowPath(route),
    });
    return answer.experiment;
  }
}
