// The answers of a cloud's client, with what it throws turned into errors with a code.

export interface AnswerWords {
  /** The error with a code for one of the client's. */
  readonly toError: (error: unknown) => Error;
  /** Whether it says that the object is not there, or is no longer the one that was asked for. */
  readonly isAbsent: (error: unknown) => boolean;
}

export class StoreAnswers {
  readonly #words: AnswerWords;

  constructor(words: AnswerWords) {
    this.#words = words;
  }

  async asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw this.#words.toError(error);
    }
  }

  /** Null for what is absent. */
  async found<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      if (this.#words.isAbsent(error)) return null;
      throw this.#words.toError(error);
    }
  }
}
