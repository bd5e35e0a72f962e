// For tests: a connection to a cluster that is not there.

import type { ServiceConnection } from '../service-connection.ts';

export const cluster: ServiceConnection = {
  id: 'k',
  name: 'mlops-aks',
  type: 'kubernetes',
  url: 'https://k8s:6443',
  scheme: 'Token',
  parameters: {
    apitoken: Buffer.from('a.b.c').toString('base64'),
    serviceAccountCertificate: 'Q0E=',
  },
  data: {},
};
