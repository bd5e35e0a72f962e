// Deployment environments: as the other assets of delivery, and with a history.
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type {
  DeliveryEnvironment,
  DeliveryEnvironmentChanges,
  EnvironmentDeployment,
  NewDeliveryEnvironment,
} from '../wire/delivery-assets.ts';
import { DeliveryAssetsApi } from './delivery-assets-api.ts';

export class DeliveryEnvironmentsApi extends DeliveryAssetsApi<
  DeliveryEnvironment,
  NewDeliveryEnvironment,
  DeliveryEnvironmentChanges
> {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    super(http, 'delivery-environments');
    this.#http = http;
  }

  /** The newest first; `limit` 1 to 1,000, default 100. */
  async deployments(name: string, limit?: number): Promise<readonly EnvironmentDeployment[]> {
    const path = pathOf('api', 'v1', 'delivery-environments', name, 'deployments');
    const answer = await this.#http.json<{ value: readonly EnvironmentDeployment[] }>({
      method: 'GET',
      path: `${path}${queryOf({ limit })}`,
    });
    return answer.value;
  }
}
