// The command ends with exit code 1 and has said why already.

export class CiFailed extends Error {
  constructor() {
    super('the pipeline has mistakes or its run did not succeed');
    this.name = 'CiFailed';
  }
}
