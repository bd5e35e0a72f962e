let factor = 0;

export const inputSchema = {
  type: 'object',
  required: ['data'],
  properties: { data: { type: 'array', items: { type: 'number' }, maxItems: 5 } },
  additionalProperties: false,
};

export const outputSchema = {
  type: 'object',
  required: ['result'],
  properties: { result: { type: 'array', items: { type: 'number' } } },
};

export async function init() {
  console.log(`model folder ${process.env.AZUREML_MODEL_DIR}`);
  await null;
  factor = 2;
}

export async function run(data: number[], requestHeaders: Record<string, string>) {
  console.log(`first line\nkeys visible: ${JSON.stringify(process.env.RIDGELINE_SCORING_KEYS ?? null)}`);
  await new Promise((resolve) => setTimeout(resolve, Number(requestHeaders['x-wait-ms'] ?? 0)));
  console.error(`headers ${JSON.stringify(requestHeaders)}`);
  return { result: data.map((value) => value * factor) };
}
