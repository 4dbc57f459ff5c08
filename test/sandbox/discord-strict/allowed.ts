// Where the local Discord, or Discord itself, differs from the description, and why that is right.
interface Difference {
  /** The fault as it is told, in part. */
  fault: RegExp;
  why: string;
}

const differences: readonly Difference[] = [];

/** A difference that has a reason. */
export function known(fault: string): boolean {
  return differences.some((each) => each.fault.test(fault));
}
