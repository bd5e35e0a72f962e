export const inputSchema = { type: 'object', propertys: {} };
export const outputSchema = { type: 'object' };
export const run = () => ({});
