// Secure files: a local file is uploaded, and only builds read it again.
import { fileBody } from '../http/files.ts';
import type { HttpClient } from '../http/http-client.ts';
import { queryOf } from '../http/url-path.ts';
import type { NewSecureFile, SecureFile, SecureFileChanges } from '../wire/delivery-assets.ts';
import { DeliveryAssetsApi } from './delivery-assets-api.ts';

export class SecureFilesApi extends DeliveryAssetsApi<SecureFile, SecureFileChanges> {
  constructor(http: HttpClient) {
    super(http, 'secure-files');
  }

  /**
   * Refused where there is one of that name, and over 10 MB.
   * @throws ApiError LOCAL_PATH_NOT_FOUND
   */
  async create(file: NewSecureFile, localPath: string): Promise<SecureFile> {
    return this.http.json({
      method: 'POST',
      path: `${this.path()}${queryOf({ ...file })}`,
      headers: { 'content-type': 'application/octet-stream' },
      body: () => fileBody(localPath),
    });
  }
}
