// The version of .NET: two to four whole numbers. A missing part is less than 0, so 1.2 < 1.2.0.

const largestPart = 2_147_483_647;
const versionPattern = /^\s*\d{1,10}\s*(?:\.\s*\d{1,10}\s*){1,3}$/u;

export class VersionValue {
  readonly kind = 'version';
  readonly parts: readonly number[];

  private constructor(parts: readonly number[]) {
    this.parts = parts;
  }

  static parse(text: string): VersionValue | undefined {
    if (!versionPattern.test(text)) return undefined;
    const parts = text.split('.').map(Number);
    return parts.every((part) => part <= largestPart) ? new VersionValue(parts) : undefined;
  }

  compareTo(other: VersionValue): number {
    for (let index = 0; index < 4; index += 1) {
      const difference = (this.parts[index] ?? -1) - (other.parts[index] ?? -1);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  toString(): string {
    return this.parts.join('.');
  }
}
