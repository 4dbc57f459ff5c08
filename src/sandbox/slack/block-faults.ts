// Collects what is wrong with blocks, worded as Slack words it, each with its place.
import { asObject, asText, isList, type Json, type JsonObject } from "./json.ts";

export const ID_LENGTH = 255;

export class Faults {
  readonly found: string[] = [];

  add(what: string, at: string): void {
    this.found.push(`[ERROR] ${what} [json-pointer:${at}]`);
  }

  /** A string of 1 to `max` characters. */
  length(value: Json | undefined, max: number, at: string, need: "required" | "optional" = "required"): void {
    const text = asText(value);
    if (text === null) {
      if (value !== undefined || need === "required") this.add("missing or not a string", at);
    } else if (text.length > max) this.add(`must be less than ${max + 1} characters`, at);
    else if (text.length === 0 && need === "required") this.add("must be more than 0 characters", at);
  }

  /** A text object; `plain` allows only plain_text. */
  text(value: Json | undefined, max: number, at: string, kind: "plain" | "any"): void {
    const object = asObject(value);
    if (!object) {
      this.add("missing text object", at);
      return;
    }
    const plain = object.type === "plain_text";
    if (!plain && (kind === "plain" || object.type !== "mrkdwn"))
      this.add(`invalid text type ${String(object.type)}`, `${at}/type`);
    this.known(object, ["type", "text", plain ? "emoji" : "verbatim"], at);
    this.length(object.text, max, `${at}/text`);
  }

  optionalText(value: Json | undefined, max: number, at: string): void {
    if (value !== undefined) this.text(value, max, at, "plain");
  }

  /** Nothing but these fields. */
  known(object: JsonObject, fields: readonly string[], at: string): void {
    for (const [name, value] of Object.entries(object))
      if (value !== undefined && !fields.includes(name)) this.add(`invalid additional property: ${name}`, at);
  }

  /** A list of `least` to `most` things. */
  count(value: Json | undefined, least: number, most: number, at: string): void {
    const count = isList(value) ? value.length : 0;
    if (count < least) this.add(`must have at least ${least} items`, at);
    if (count > most) this.add(`no more than ${most} items allowed`, at);
  }

  flag(value: Json | undefined, at: string): void {
    if (value !== undefined && typeof value !== "boolean") this.add("must be a boolean", at);
  }

  oneOf(value: Json | undefined, allowed: readonly string[], at: string): void {
    if (value !== undefined && !allowed.includes(String(value)))
      this.add(`must be one of ${allowed.join(", ")}`, at);
  }

  web(value: Json | undefined, max: number, at: string): void {
    this.length(value, max, at);
    const text = asText(value);
    if (text !== null && !URL.canParse(text)) this.add("invalid url", at);
  }
}
