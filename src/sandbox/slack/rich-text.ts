// What Slack refuses in a rich_text block. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
import type { Faults } from "./block-faults.ts";
import { asObject, asObjects, asText, isList, type JsonObject } from "./json.ts";

const STYLES = ["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"];

/** Each inline element with its fields besides `type` and `style`; those with a star must be there. */
const INLINE: Readonly<Record<string, readonly string[]>> = {
  text: ["text*"],
  link: ["url*", "text", "unsafe"],
  user: ["user_id*"],
  usergroup: ["usergroup_id*"],
  channel: ["channel_id*"],
  team: ["team_id*"],
  broadcast: ["range*"],
  emoji: ["name*", "unicode", "url", "skin_tone"],
  color: ["value*"],
  date: ["timestamp*", "format*", "url", "fallback"],
};

const PARTS: Readonly<Record<string, readonly string[]>> = {
  rich_text_section: ["type", "elements"],
  rich_text_quote: ["type", "elements", "border"],
  rich_text_preformatted: ["type", "elements", "border", "language"],
  rich_text_list: ["type", "elements", "style", "indent", "offset", "border"],
};

export function checkRichText(faults: Faults, block: JsonObject, at: string): void {
  if (!isList(block.elements)) {
    faults.add("missing required field: elements", at);
    return;
  }
  asObjects(block.elements).forEach((part, index) => {
    checkPart(faults, part, `${at}/elements/${index}`, PARTS);
  });
}

function checkPart(
  faults: Faults,
  part: JsonObject,
  at: string,
  allowed: Readonly<Record<string, readonly string[]>>,
): void {
  const type = String(part.type);
  const fields = allowed[type];
  if (!fields) {
    faults.add(`unsupported type: ${type}`, at);
    return;
  }
  faults.known(part, fields, at);
  if (!isList(part.elements)) {
    faults.add("missing required field: elements", at);
    return;
  }
  if (type === "rich_text_list") {
    if (part.style === undefined) faults.add("missing required field: style", at);
    faults.oneOf(part.style, ["bullet", "ordered"], `${at}/style`);
    if (typeof part.indent === "number" && (part.indent < 0 || part.indent > 8))
      faults.add("must be between 0 and 8", `${at}/indent`);
  }
  asObjects(part.elements).forEach((element, index) => {
    const place = `${at}/elements/${index}`;
    if (type === "rich_text_list")
      checkPart(faults, element, place, { rich_text_section: ["type", "elements"] });
    else if (type === "rich_text_preformatted" && element.type !== "text" && element.type !== "link")
      faults.add(`unsupported type: ${String(element.type)}`, place);
    else checkInline(faults, element, place);
  });
}

function checkInline(faults: Faults, element: JsonObject, at: string): void {
  const fields = INLINE[String(element.type)];
  if (!fields) {
    faults.add(`unsupported type: ${String(element.type)}`, at);
    return;
  }
  const names = fields.map((field) => field.replace("*", ""));
  faults.known(element, ["type", "style", ...names], at);
  for (const field of fields) {
    const name = field.replace("*", "");
    if (field !== name && element[name] === undefined) faults.add(`missing required field: ${name}`, at);
  }
  if (element.type === "text" && asText(element.text) === "")
    faults.add("must be more than 0 characters", `${at}/text`);
  if (element.type === "link") faults.web(element.url, 3000, `${at}/url`);
  if (element.type === "broadcast")
    faults.oneOf(element.range, ["here", "channel", "everyone"], `${at}/range`);
  if (element.type === "date") {
    if (!Number.isInteger(element.timestamp)) faults.add("must be an integer", `${at}/timestamp`);
    if (!/\{\w+\}/.test(asText(element.format) ?? "")) faults.add("invalid date format", `${at}/format`);
  }
  const style = asObject(element.style);
  if (element.style !== undefined && !style) faults.add("must be an object", `${at}/style`);
  if (style) faults.known(style, STYLES, `${at}/style`);
}
