// What Slack refuses in blocks and views: unknown types and fields, missing parts and every size of the Block Kit
// reference. The newest kinds (card, carousel, plan, alert …) are not modelled and therefore refused.
// https://docs.slack.dev/reference/block-kit
import { CONTEXT_ACTIONS, checkElement, INPUTS, INTERACTIVE } from "./block-elements.ts";
import { Faults, ID_LENGTH } from "./block-faults.ts";
import { asObject, asObjects, asText, isList, type Json, type JsonObject } from "./json.ts";
import { checkRichText } from "./rich-text.ts";

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
/** What all blocks of a message may show together. Not published; measured by others at about this much. */
const MESSAGE_TEXT = 13_200;
/** All markdown blocks of a message together. */
const MARKDOWN_TEXT = 12_000;

type Surface = "message" | "view";

/** Every block type with its fields besides `type` and `block_id`, and where it may stand. */
const BLOCKS: Readonly<Record<string, { fields: readonly string[]; only?: Surface }>> = {
  section: { fields: ["text", "fields", "accessory", "expand"] },
  header: { fields: ["text"] },
  divider: { fields: [] },
  context: { fields: ["elements"] },
  actions: { fields: ["elements"] },
  context_actions: { fields: ["elements"], only: "message" },
  image: { fields: ["image_url", "slack_file", "alt_text", "title"] },
  input: { fields: ["label", "hint", "element", "optional", "dispatch_action"] },
  markdown: { fields: ["text"], only: "message" },
  rich_text: { fields: ["elements"] },
  table: { fields: ["rows", "column_settings"], only: "message" },
  file: { fields: ["source", "external_id"], only: "message" },
  video: {
    fields: [
      ...["video_url", "thumbnail_url", "alt_text", "title", "title_url", "author_name", "provider_name"],
      ...["provider_icon_url", "description"],
    ],
  },
};

function checkImage(faults: Faults, image: JsonObject, at: string): void {
  const file = asObject(image.slack_file);
  if (image.slack_file === undefined) faults.web(image.image_url, 3000, `${at}/image_url`);
  else if (!file || (asText(file.id) === null && asText(file.url) === null))
    faults.add("needs an id or a url", `${at}/slack_file`);
  faults.length(image.alt_text, 2000, `${at}/alt_text`);
}

function checkElements(
  faults: Faults,
  block: JsonObject,
  at: string,
  most: number,
  allowed: ReadonlySet<string>,
): void {
  faults.count(block.elements, 1, most, `${at}/elements`);
  const ids = new Set<string>();
  asObjects(block.elements).forEach((element, index) => {
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

function checkSection(faults: Faults, block: JsonObject, at: string): void {
  const fields = asObjects(block.fields);
  if (block.text === undefined && fields.length === 0) faults.add("must have text or fields", at);
  if (block.text !== undefined) faults.text(block.text, 3000, `${at}/text`, "any");
  if (block.fields !== undefined) faults.count(block.fields, 1, 10, `${at}/fields`);
  fields.forEach((field, index) => {
    faults.text(field, 2000, `${at}/fields/${index}`, "any");
  });
  faults.flag(block.expand, `${at}/expand`);
  const accessory = asObject(block.accessory);
  if (!accessory) return;
  if (accessory.type === "image") checkImage(faults, accessory, `${at}/accessory`);
  else if (INTERACTIVE.has(String(accessory.type))) checkElement(faults, accessory, `${at}/accessory`);
  else faults.add(`unsupported type: ${String(accessory.type)}`, `${at}/accessory`);
}

function checkContext(faults: Faults, block: JsonObject, at: string): void {
  faults.count(block.elements, 1, 10, `${at}/elements`);
  asObjects(block.elements).forEach((element, index) => {
    if (element.type === "image") checkImage(faults, element, `${at}/elements/${index}`);
    else faults.text(element, 3000, `${at}/elements/${index}`, "any");
  });
}

function checkInput(faults: Faults, block: JsonObject, at: string): void {
  faults.text(block.label, 2000, `${at}/label`, "plain");
  faults.optionalText(block.hint, 2000, `${at}/hint`);
  faults.flag(block.optional, `${at}/optional`);
  const element = asObject(block.element);
  if (!element || !INPUTS.has(String(element.type))) faults.add("unsupported element", `${at}/element`);
  else checkElement(faults, element, `${at}/element`);
}

function checkTable(faults: Faults, block: JsonObject, at: string): void {
  faults.count(block.rows, 1, 100, `${at}/rows`);
  (isList(block.rows) ? block.rows : []).forEach((row, index) => {
    faults.count(row, 1, 20, `${at}/rows/${index}`);
    asObjects(row).forEach((cell, column) => {
      const place = `${at}/rows/${index}/${column}`;
      if (cell.type === "rich_text") checkRichText(faults, cell, place);
      else if (cell.type === "raw_text") faults.known(cell, ["type", "text"], place);
      else if (cell.type !== "raw_number") faults.add(`unsupported type: ${String(cell.type)}`, place);
    });
  });
}

function checkVideo(faults: Faults, block: JsonObject, at: string): void {
  faults.web(block.video_url, 3000, `${at}/video_url`);
  faults.web(block.thumbnail_url, 3000, `${at}/thumbnail_url`);
  faults.length(block.alt_text, 2000, `${at}/alt_text`);
  faults.text(block.title, 199, `${at}/title`, "plain");
  faults.length(block.author_name, 49, `${at}/author_name`, "optional");
  if (block.description !== undefined) faults.text(block.description, 200, `${at}/description`, "plain");
}

const KINDS: Readonly<Record<string, (faults: Faults, block: JsonObject, at: string) => void>> = {
  section: checkSection,
  header: (faults, block, at) => faults.text(block.text, 150, `${at}/text`, "plain"),
  context: checkContext,
  actions: (faults, block, at) => checkElements(faults, block, at, 25, INTERACTIVE),
  context_actions: (faults, block, at) => checkElements(faults, block, at, 5, CONTEXT_ACTIONS),
  image(faults, block, at) {
    if (block.title !== undefined) faults.text(block.title, 2000, `${at}/title`, "plain");
    checkImage(faults, block, at);
  },
  input: checkInput,
  markdown: (faults, block, at) => faults.length(block.text, MARKDOWN_TEXT, `${at}/text`),
  rich_text: checkRichText,
  table: checkTable,
  video: checkVideo,
  file(faults, block, at) {
    faults.length(block.external_id, ID_LENGTH, `${at}/external_id`);
    faults.oneOf(block.source ?? "", ["remote"], `${at}/source`);
  },
};

function checkBlock(faults: Faults, block: JsonObject, at: string, surface: Surface): void {
  const type = String(block.type);
  const kind = BLOCKS[type];
  if (!kind || (kind.only !== undefined && kind.only !== surface)) {
    faults.add(`unsupported type: ${type}`, at);
    return;
  }
  faults.length(block.block_id, ID_LENGTH, `${at}/block_id`, "optional");
  faults.known(block, ["type", "block_id", ...kind.fields], at);
  KINDS[type]?.(faults, block, at);
}

/** How many characters these blocks show: every `text` string in them. */
function shownLength(value: Json | undefined): number {
  if (isList(value)) return value.reduce<number>((sum, one) => sum + shownLength(one), 0);
  const object = asObject(value);
  if (!object) return 0;
  return Object.entries(object).reduce(
    (sum, [name, one]) => sum + (name === "text" && typeof one === "string" ? one.length : shownLength(one)),
    0,
  );
}

/** Whether a message would be refused with `msg_blocks_too_long`. */
export function tooLong(blocks: readonly JsonObject[]): boolean {
  const markdown = blocks.filter((block) => block.type === "markdown");
  return shownLength(blocks) > MESSAGE_TEXT || shownLength(markdown) > MARKDOWN_TEXT;
}

/** What Slack would refuse in these blocks, one line each; empty when they are fine. */
export function blockFaults(blocks: Json, surface: Surface): string[] {
  const faults = new Faults();
  if (!isList(blocks)) return ["[ERROR] must provide an array [json-pointer:/blocks]"];
  const most = surface === "message" ? MESSAGE_BLOCKS : VIEW_BLOCKS;
  const tables = asObjects(blocks).filter((block) => block.type === "table");
  if (tables.length > 1) faults.add("only one table is allowed", "/blocks");
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
  const modal = ["title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"];
  faults.known(
    view,
    [
      ...["type", "blocks", "private_metadata", "callback_id", "external_id"],
      ...(view.type === "modal" ? modal : []),
    ],
    "/view",
  );
  if (view.type !== "modal" && view.type !== "home") faults.add("invalid view type", "/view/type");
  faults.length(view.private_metadata, 3000, "/view/private_metadata", "optional");
  faults.length(view.callback_id, ID_LENGTH, "/view/callback_id", "optional");
  faults.length(view.external_id, ID_LENGTH, "/view/external_id", "optional");
  if (view.type === "modal") {
    faults.text(view.title, 24, "/view/title", "plain");
    faults.optionalText(view.submit, 24, "/view/submit");
    faults.optionalText(view.close, 24, "/view/close");
    const hasInput = asObjects(view.blocks).some((block) => block.type === "input");
    faults.flag(view.clear_on_close, "/view/clear_on_close");
    faults.flag(view.notify_on_close, "/view/notify_on_close");
    if (hasInput && view.submit === undefined) faults.add("missing required field: submit", "/view");
  }
  return [...faults.found, ...blockFaults(view.blocks ?? null, "view")];
}

/** A value as Slack keeps it: plain text says whether it shows emoji, and does unless told otherwise. */
function kept(value: Json): Json {
  if (isList(value)) return value.map(kept);
  const object = asObject(value);
  if (!object) return value;
  const fields = Object.entries(object).map(([name, one]) => [name, one === undefined ? one : kept(one)]);
  return { ...(object.type === "plain_text" ? { emoji: true } : {}), ...Object.fromEntries(fields) };
}

/** An object as Slack keeps it. */
export function keptObject(value: JsonObject): JsonObject {
  return asObject(kept(value)) ?? {};
}

/** The blocks with an id on every block and element that came without one, as Slack gives them. */
export function withIds(blocks: readonly JsonObject[], nextId: () => string): JsonObject[] {
  const named = (element: JsonObject): JsonObject =>
    INPUTS.has(String(element.type)) && asText(element.action_id) === null
      ? { ...element, action_id: nextId() }
      : element;
  return blocks.map(keptObject).map((block) => {
    const made: Record<string, Json | undefined> = { ...block, block_id: asText(block.block_id) ?? nextId() };
    const accessory = asObject(block.accessory);
    const element = asObject(block.element);
    if (accessory) made.accessory = named(accessory);
    if (element) made.element = named(element);
    if (block.type === "actions") made.elements = asObjects(block.elements).map(named);
    return made;
  });
}
