// The losses of the kernel `packGradients`, as kernels/boosting/gradients.as.ts numbers them.

export const lossCode = { squared: 0, pinball: 1, poisson: 2, logistic: 3 } as const;

export type LossCode = (typeof lossCode)[keyof typeof lossCode];
