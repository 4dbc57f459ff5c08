// Reading a form body field by field, with Discord's own codes and words for what is wrong.
import type { FormFaults, Json } from "./errors.ts";

export type Path = readonly (string | number)[];

/** One body being checked: the place, and where its faults are gathered. */
export class Form {
  readonly faults: FormFaults;
  readonly path: Path;
  readonly body: Json;

  constructor(faults: FormFaults, path: Path, body: Json) {
    this.faults = faults;
    this.path = path;
    this.body = body;
  }

  fault(field: string | number, code: string, message: string): void {
    this.faults.add([...this.path, field], code, message);
  }

  has(field: string): boolean {
    return this.body[field] !== undefined && this.body[field] !== null;
  }

  required(field: string): void {
    this.fault(field, "BASE_TYPE_REQUIRED", "This field is required");
  }

  /** A string of `min` to `max` characters, or null when absent. */
  text(field: string, rule: { min?: number; max: number; required?: boolean }): string | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      if (rule.required) this.required(field);
      return null;
    }
    if (typeof value !== "string") {
      this.fault(field, "BASE_TYPE_STRING", "Could not interpret value as string.");
      return null;
    }
    const length = characters(value);
    const min = rule.min ?? 0;
    if (rule.required && length === 0) this.required(field);
    else if (length > rule.max && min > 0) {
      this.fault(field, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${rule.max} in length.`);
    } else if (length > rule.max) {
      this.fault(field, "BASE_TYPE_MAX_LENGTH", `Must be ${rule.max} or fewer in length.`);
    } else if (length < min) {
      this.fault(field, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${rule.max} in length.`);
    }
    return value;
  }

  /** A whole number from `min` to `max`, or null when absent. */
  whole(field: string, rule: { min?: number; max?: number; required?: boolean } = {}): number | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      if (rule.required) this.required(field);
      return null;
    }
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) {
      this.fault(field, "NUMBER_TYPE_COERCE", `Value "${String(value)}" is not int.`);
      return null;
    }
    if (rule.min !== undefined && number < rule.min) {
      this.fault(field, "NUMBER_TYPE_MIN", `int value should be greater than or equal to ${rule.min}.`);
    } else if (rule.max !== undefined && number > rule.max) {
      this.fault(field, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${rule.max}.`);
    }
    return number;
  }

  choice(field: string, allowed: readonly unknown[], required = false): void {
    const value = this.body[field];
    if (value === undefined || value === null) {
      if (required) this.required(field);
    } else if (!allowed.includes(value)) {
      this.fault(field, "BASE_TYPE_CHOICES", `Value must be one of (${allowed.join(", ")}).`);
    }
  }

  /** The forms of a list of objects; empty when absent. */
  list(field: string, rule: { min?: number; max: number; required?: boolean }): Form[] {
    const value = this.body[field];
    if (value === undefined || value === null) {
      if (rule.required) this.required(field);
      return [];
    }
    if (!Array.isArray(value)) {
      this.fault(field, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
      return [];
    }
    const min = rule.min ?? 0;
    if (value.length > rule.max || value.length < min) {
      this.fault(
        field,
        "BASE_TYPE_BAD_LENGTH",
        min > 0
          ? `Must be between ${min} and ${rule.max} in length.`
          : `Must be ${rule.max} or fewer in length.`,
      );
    }
    return value.flatMap((item: unknown, index) => {
      const path = [...this.path, field, index];
      if (typeof item === "object" && item !== null) return [new Form(this.faults, path, item as Json)];
      this.faults.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
      return [];
    });
  }

  object(field: string, required = false): Form | null {
    const value = this.body[field];
    if (value === undefined || value === null) {
      if (required) this.required(field);
      return null;
    }
    if (typeof value !== "object") {
      this.fault(field, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
      return null;
    }
    return new Form(this.faults, [...this.path, field], value as Json);
  }

  url(field: string, required = false): void {
    const value = this.text(field, { max: 2048, required });
    if (value !== null && value !== "" && !/^(https?|attachment|discord):\/\//.test(value)) {
      this.fault(
        field,
        "URL_TYPE_INVALID_SCHEME",
        `Scheme "${value.split(":")[0]}" is not supported. Scheme must be one of ('http', 'https', 'attachment').`,
      );
    }
  }
}

/** Discord counts characters, not UTF-16 units. */
export function characters(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
