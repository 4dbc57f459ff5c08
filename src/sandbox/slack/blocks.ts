// What Slack refuses in blocks and views: unknown types, missing parts and every size of the Block Kit reference.
// https://docs.slack.dev/reference/block-kit
import { asObject, asObjects, asText, isList, type Json, type JsonObject } from "./json.ts";

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
const ID_LENGTH = 255;

/** Element types that may stand in an actions block, a section's accessory and an input. */
const INTERACTIVE = new Set([
  "button",
  "checkboxes",
  "radio_buttons",
  "overflow",
  "datepicker",
  "timepicker",
  "datetimepicker",
  "static_select",
  "users_select",
  "conversations_select",
  "channels_select",
  "external_select",
  "multi_static_select",
  "multi_users_select",
  "multi_conversations_select",
  "multi_channels_select",
  "multi_external_select",
  "workflow_button",
]);
const INPUTS = new Set([
  ...[
    "plain_text_input",
    "rich_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
  ],
  ...INTERACTIVE,
]);

/** Collects what is wrong, worded as Slack words it, with the place. */
class Faults {
  readonly found: string[] = [];

  add(what: string, at: string): void {
    this.found.push(`[ERROR] ${what} [json-pointer:${at}]`);
  }

  /** A string of 1 to `max` characters (0 with `empty`). */
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
    if (object.type !== "plain_text" && (kind === "plain" || object.type !== "mrkdwn")) {
      this.add(`invalid text type ${String(object.type)}`, `${at}/type`);
    }
    this.length(object.text, max, `${at}/text`);
  }

  optionalText(value: Json | undefined, max: number, at: string): void {
    if (value !== undefined) this.text(value, max, at, "plain");
  }
}

function checkOptions(faults: Faults, element: JsonObject, at: string, most: number): void {
  const groups = isList(element.option_groups) ? asObjects(element.option_groups) : null;
  const options = groups ? groups.flatMap((group) => asObjects(group.options)) : asObjects(element.options);
  if (options.length === 0) faults.add("must have at least 1 option", `${at}/options`);
  if (options.length > most) faults.add(`no more than ${most} items allowed`, `${at}/options`);
  options.forEach((option, index) => {
    faults.text(
      option.text,
      75,
      `${at}/options/${index}/text`,
      element.type === "static_select" ? "plain" : "any",
    );
    faults.length(option.value, 150, `${at}/options/${index}/value`);
    if (option.description !== undefined)
      faults.text(option.description, 75, `${at}/options/${index}/description`, "any");
  });
  const initial = asObject(element.initial_option);
  if (initial && !options.some((option) => option.value === initial.value)) {
    faults.add("initial_option is not one of the options", `${at}/initial_option`);
  }
}

function checkElement(faults: Faults, element: JsonObject, at: string): void {
  faults.length(element.action_id, ID_LENGTH, `${at}/action_id`, "optional");
  faults.optionalText(element.placeholder, 150, `${at}/placeholder`);
  const confirm = asObject(element.confirm);
  if (confirm) {
    faults.text(confirm.title, 100, `${at}/confirm/title`, "plain");
    faults.text(confirm.text, 300, `${at}/confirm/text`, "any");
    faults.text(confirm.confirm, 30, `${at}/confirm/confirm`, "plain");
    faults.text(confirm.deny, 30, `${at}/confirm/deny`, "plain");
  }
  switch (element.type) {
    case "button":
      faults.text(element.text, 75, `${at}/text`, "plain");
      faults.length(element.value, 2000, `${at}/value`, "optional");
      faults.length(element.url, 3000, `${at}/url`, "optional");
      if (element.style !== undefined && element.style !== "primary" && element.style !== "danger") {
        faults.add("invalid style", `${at}/style`);
      }
      break;
    case "static_select":
    case "multi_static_select":
      checkOptions(faults, element, at, 100);
      break;
    case "radio_buttons":
    case "checkboxes":
      checkOptions(faults, element, at, 10);
      break;
    case "overflow":
      checkOptions(faults, element, at, 5);
      break;
    case "plain_text_input": {
      const most = typeof element.max_length === "number" ? element.max_length : 3000;
      if (most < 1 || most > 3000) faults.add("must be between 1 and 3000", `${at}/max_length`);
      faults.length(element.initial_value, most, `${at}/initial_value`, "optional");
      break;
    }
  }
}

function checkElements(
  faults: Faults,
  block: JsonObject,
  at: string,
  most: number,
  allowed: ReadonlySet<string>,
): void {
  const elements = asObjects(block.elements);
  if (elements.length === 0) faults.add("must have at least 1 element", `${at}/elements`);
  if (elements.length > most) faults.add(`no more than ${most} items allowed`, `${at}/elements`);
  const ids = new Set<string>();
  elements.forEach((element, index) => {
    const place = `${at}/elements/${index}`;
    if (!allowed.has(String(element.type))) {
      faults.add(`unsupported type: ${String(element.type)}`, place);
      return;
    }
    checkElement(faults, element, place);
    const id = asText(element.action_id);
    if (id !== null && ids.has(id)) faults.add(`\`action_id\` "${id}" already exists`, `${place}/action_id`);
    if (id !== null) ids.add(id);
  });
}

function checkImage(faults: Faults, image: JsonObject, at: string): void {
  if (image.slack_file === undefined) faults.length(image.image_url, 3000, `${at}/image_url`);
  faults.length(image.alt_text, 2000, `${at}/alt_text`);
}

function checkBlock(faults: Faults, block: JsonObject, at: string, surface: "message" | "view"): void {
  faults.length(block.block_id, ID_LENGTH, `${at}/block_id`, "optional");
  switch (block.type) {
    case "section": {
      const fields = asObjects(block.fields);
      if (block.text === undefined && fields.length === 0) faults.add("must have text or fields", at);
      if (block.text !== undefined) faults.text(block.text, 3000, `${at}/text`, "any");
      if (fields.length > 10) faults.add("no more than 10 items allowed", `${at}/fields`);
      fields.forEach((field, index) => {
        faults.text(field, 2000, `${at}/fields/${index}`, "any");
      });
      const accessory = asObject(block.accessory);
      if (!accessory) return;
      if (accessory.type === "image") checkImage(faults, accessory, `${at}/accessory`);
      else if (INTERACTIVE.has(String(accessory.type))) checkElement(faults, accessory, `${at}/accessory`);
      else faults.add(`unsupported type: ${String(accessory.type)}`, `${at}/accessory`);
      return;
    }
    case "header":
      faults.text(block.text, 150, `${at}/text`, "plain");
      return;
    case "divider":
      return;
    case "context": {
      const elements = asObjects(block.elements);
      if (elements.length === 0) faults.add("must have at least 1 element", `${at}/elements`);
      if (elements.length > 10) faults.add("no more than 10 items allowed", `${at}/elements`);
      elements.forEach((element, index) => {
        if (element.type === "image") checkImage(faults, element, `${at}/elements/${index}`);
        else faults.text(element, 3000, `${at}/elements/${index}`, "any");
      });
      return;
    }
    case "actions":
      checkElements(faults, block, at, 25, INTERACTIVE);
      return;
    case "image":
      if (block.title !== undefined) faults.text(block.title, 2000, `${at}/title`, "plain");
      checkImage(faults, block, at);
      return;
    case "input": {
      faults.text(block.label, 2000, `${at}/label`, "plain");
      faults.optionalText(block.hint, 2000, `${at}/hint`);
      const element = asObject(block.element);
      if (!element || !INPUTS.has(String(element.type))) faults.add("unsupported element", `${at}/element`);
      else checkElement(faults, element, `${at}/element`);
      return;
    }
    case "markdown":
      if (surface === "view") {
        faults.add("unsupported type: markdown", at);
        return;
      }
      faults.length(block.text, 12_000, `${at}/text`);
      return;
    case "rich_text":
      if (!isList(block.elements)) faults.add("missing required field: elements", at);
      return;
    case "table":
    case "video":
    case "file":
      return;
    default:
      faults.add(`unsupported type: ${String(block.type)}`, at);
  }
}

/** What Slack would refuse in these blocks, one line each; empty when they are fine. */
export function blockFaults(blocks: Json, surface: "message" | "view"): string[] {
  const faults = new Faults();
  if (!isList(blocks)) return ["[ERROR] must provide an array [json-pointer:/blocks]"];
  const most = surface === "message" ? MESSAGE_BLOCKS : VIEW_BLOCKS;
  if (blocks.length > most) faults.add(`no more than ${most} items allowed`, "/blocks");
  const ids = new Set<string>();
  blocks.forEach((value, index) => {
    const block = asObject(value);
    if (!block) {
      faults.add("must be an object", `/blocks/${index}`);
      return;
    }
    checkBlock(faults, block, `/blocks/${index}`, surface);
    const id = asText(block.block_id);
    if (id !== null && ids.has(id))
      faults.add(`\`block_id\` "${id}" already exists`, `/blocks/${index}/block_id`);
    if (id !== null) ids.add(id);
  });
  return faults.found;
}

/** What Slack would refuse in this modal or Home view. */
export function viewFaults(view: JsonObject): string[] {
  const faults = new Faults();
  if (view.type !== "modal" && view.type !== "home") faults.add("invalid view type", "/view/type");
  faults.length(view.private_metadata, 3000, "/view/private_metadata", "optional");
  faults.length(view.callback_id, ID_LENGTH, "/view/callback_id", "optional");
  faults.length(view.external_id, ID_LENGTH, "/view/external_id", "optional");
  if (view.type === "modal") {
    faults.text(view.title, 24, "/view/title", "plain");
    faults.optionalText(view.submit, 24, "/view/submit");
    faults.optionalText(view.close, 24, "/view/close");
    const hasInput = asObjects(view.blocks).some((block) => block.type === "input");
    if (hasInput && view.submit === undefined) faults.add("missing required field: submit", "/view");
  }
  return [...faults.found, ...blockFaults(view.blocks ?? null, "view")];
}

/** The blocks with an id on every block and element that came without one, as Slack gives them. */
export function withIds(blocks: readonly JsonObject[], nextId: () => string): JsonObject[] {
  const named = (element: JsonObject): JsonObject =>
    INPUTS.has(String(element.type)) && asText(element.action_id) === null
      ? { ...element, action_id: nextId() }
      : element;
  return blocks.map((block) => {
    const made: Record<string, Json | undefined> = { ...block, block_id: asText(block.block_id) ?? nextId() };
    const accessory = asObject(block.accessory);
    const element = asObject(block.element);
    if (accessory) made.accessory = named(accessory);
    if (element) made.element = named(element);
    if (block.type === "actions") made.elements = asObjects(block.elements).map(named);
    return made;
  });
}
