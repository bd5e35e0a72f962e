// Deployment environments: as the other assets of delivery, and with a history.
import type { HttpClient } from '../http/http-client.ts';
import { queryOf } from '../http/url-path.ts';
import type {
  DeliveryEnvironment,
  DeliveryEnvironmentChanges,
  EnvironmentDeployment,
  NewDeliveryEnvironment,
} from '../wire/delivery-assets.ts';
import { WrittenAssetsApi } from './delivery-assets-api.ts';

export class DeliveryEnvironmentsApi extends WrittenAssetsApi<
  DeliveryEnvironment,
  NewDeliveryEnvironment,
  DeliveryEnvironmentChanges
> {
  constructor(http: HttpClient) {
    super(http, 'delivery-environments');
  }

  /** The newest first; `limit` 1 to 1,000, default 100. */
  async deployments(name: string, limit?: number): Promise<readonly EnvironmentDeployment[]> {
    const answer = await this.http.json<{ value: readonly EnvironmentDeployment[] }>({
      method: 'GET',
      path: `${this.path(name, 'deployments')}${queryOf({ limit })}`,
    });
    return answer.value;
  }
}
