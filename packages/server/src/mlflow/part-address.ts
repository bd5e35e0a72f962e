// Addresses of this server that each take one part of one upload for a while, and nothing else: the
// signature in them is all that is asked for, so that no token has to be handed on with them.
import { createHmac } from 'node:crypto';
import { uploadSeconds, type Workspace } from '@ridgeline/workspace';
import { LinkSigner } from '../azureml/signed-link.ts';
import { ServerError } from '../errors/server-error.ts';

export interface PartAddress {
  readonly uploadId: string;
  readonly part: number;
  readonly se: string;
  readonly sig: string;
}

export class PartAddresses {
  readonly #workspace: Pick<Workspace, 'identity'>;

  constructor(workspace: Pick<Workspace, 'identity'>) {
    this.#workspace = workspace;
  }

  /** @param base such as https://ml.example/api/2.0/mlflow-artifacts/parts */
  async of(base: string, uploadId: string, parts: number): Promise<readonly string[]> {
    const signer = await this.#signer();
    return Array.from({ length: parts }, (_, index) => {
      const part = String(index + 1);
      const { se, sig } = signer.sign(uploadId, part);
      return `${base}/${uploadId}/${part}?se=${se}&sig=${sig}`;
    });
  }

  /** @throws ServerError PERMISSION_DENIED */
  async check({ uploadId, part, se, sig }: PartAddress): Promise<void> {
    if ((await this.#signer()).isValid({ runId: uploadId, path: String(part), se, sig })) return;
    throw new ServerError(
      'PERMISSION_DENIED',
      'this address of a part has expired, or is not one that this server has given; ' +
        'begin the upload anew with mlflow-artifacts/mpu/create',
    );
  }

  // Every server of the workspace has the same key, and it ends with the token that it is made of.
  async #signer(): Promise<LinkSigner> {
    const token = await this.#workspace.identity.adminToken();
    const key = createHmac('sha256', token).update('addresses of parts of artifacts').digest();
    return new LinkSigner(uploadSeconds * 1_000, Date.now, key);
  }
}
