// A stored message as a person sees it.
import type { ShownControl, ShownMessage } from "../world.ts";
import { controlsOf, shownControl } from "./controls.ts";
import { emojiCharacter, showEmoji } from "./emoji.ts";
import { asObject, asObjects, asText, type Json, type JsonObject } from "./json.ts";
import { plain, plainMarkdown, type Reader } from "./mrkdwn.ts";
import type { SlackMessage } from "./records.ts";
import { microsOf } from "./ts.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** The eyes of a person; without one, of the workspace itself. */
export function readerOf(workspace: LocalWorkspace, person?: string): Reader {
  const record = person === undefined ? undefined : workspace.people.get(person);
  return {
    personName: (id) => workspace.people.get(id)?.name ?? null,
    channelName: (id) => workspace.channels.get(id)?.name ?? null,
    timezone: record?.timezone ?? workspace.timezone,
    locale: record?.locale ?? workspace.locale,
    now: workspace.now(),
  };
}

function textObject(value: Json | undefined, reader: Reader): string {
  const object = asObject(value);
  const text = asText(object?.text) ?? "";
  if (object?.type === "mrkdwn") return plain(text, reader);
  return object?.emoji === false ? text : showEmoji(text);
}

function richElement(element: JsonObject, reader: Reader): string {
  switch (element.type) {
    case "text":
      return asText(element.text) ?? "";
    case "link":
      return asText(element.text) ?? asText(element.url) ?? "";
    case "user":
      return `@${reader.personName(asText(element.user_id) ?? "") ?? String(element.user_id)}`;
    case "channel":
      return `#${reader.channelName(asText(element.channel_id) ?? "") ?? String(element.channel_id)}`;
    case "broadcast":
      return `@${String(element.range)}`;
    case "emoji":
      return emojiCharacter(asText(element.name) ?? "") ?? `:${String(element.name)}:`;
    case "usergroup":
      return `@${String(element.usergroup_id)}`;
    case "date":
      return plain(
        `<!date^${String(element.timestamp)}^${String(element.format)}|${asText(element.fallback) ?? ""}>`,
        reader,
      );
    default:
      return "";
  }
}

function richText(block: JsonObject, reader: Reader): string {
  const line = (part: JsonObject) =>
    asObjects(part.elements)
      .map((element) => richElement(element, reader))
      .join("");
  return asObjects(block.elements)
    .map((part) => {
      if (part.type === "rich_text_quote") return line(part).replace(/^/gm, "> ");
      if (part.type !== "rich_text_list") return line(part);
      return asObjects(part.elements)
        .map((item, index) => `${part.style === "ordered" ? `${index + 1}.` : "•"} ${line(item)}`)
        .join("\n");
    })
    .join("\n");
}

function blockText(block: JsonObject, reader: Reader): string {
  switch (block.type) {
    case "header":
      return textObject(block.text, reader);
    case "section": {
      const fields = asObjects(block.fields).map((field) => textObject(field, reader));
      const accessory = asObject(block.accessory);
      const image = accessory?.type === "image" ? [`[${asText(accessory.alt_text) ?? ""}]`] : [];
      return [
        ...(block.text === undefined ? [] : [textObject(block.text, reader)]),
        ...fields,
        ...image,
      ].join("\n");
    }
    case "context":
      return asObjects(block.elements)
        .map((element) =>
          element.type === "image" ? `[${asText(element.alt_text) ?? ""}]` : textObject(element, reader),
        )
        .join(" ");
    case "divider":
      return "———";
    case "image":
      return `[${asText(block.alt_text) ?? ""}]`;
    case "markdown":
      return plainMarkdown(asText(block.text) ?? "");
    case "rich_text":
      return richText(block, reader);
    case "input":
      return textObject(block.label, reader);
    default:
      return "";
  }
}

function blocksText(blocks: readonly JsonObject[], reader: Reader): string[] {
  return blocks.map((block) => blockText(block, reader)).filter((text) => text !== "");
}

function attachmentText(attachment: JsonObject, reader: Reader): string[] {
  const blocks = asObjects(attachment.blocks);
  if (blocks.length > 0) return blocksText(blocks, reader);
  const fields = asObjects(attachment.fields).map(
    (field) => `${asText(field.title) ?? ""}: ${asText(field.value) ?? ""}`,
  );
  const lines = [attachment.pretext, attachment.title, attachment.text, ...fields, attachment.footer]
    .flatMap((line) => asText(line) ?? [])
    .map((line) => plain(line, reader));
  return lines.length > 0 ? lines : [plain(asText(attachment.fallback) ?? "", reader)];
}

/** With blocks, `text` is only for notifications and is not shown, as in the real client. */
export function shownText(message: SlackMessage, reader: Reader): string {
  const body = message.blocks.length > 0 ? blocksText(message.blocks, reader) : [plain(message.text, reader)];
  const attached = message.attachments.flatMap((attachment) => attachmentText(attachment, reader));
  return [...body, ...attached].filter((line) => line !== "").join("\n");
}

/** The message in the zone and language of `person`, or of the workspace. */
export function shown(workspace: LocalWorkspace, message: SlackMessage, person?: string): ShownMessage {
  const reader = readerOf(workspace, person);
  const author = message.author === null ? undefined : workspace.people.get(message.author);
  const controls = controlsOf(message.blocks, message.attachments).flatMap<ShownControl>(
    (control) => shownControl(control, message.selected, reader.personName) ?? [],
  );
  const reactions: Record<string, readonly string[]> = {};
  for (const [name, people] of message.reactions ?? []) reactions[name] = [...people];
  return {
    id: message.ts,
    channel: message.channel.id,
    thread: message.root?.ts ?? null,
    author: {
      id: message.author ?? message.botId ?? "",
      name: message.username ?? author?.name ?? "",
      bot: message.botId !== null || (author?.bot ?? false),
    },
    text: shownText(message, reader),
    controls,
    reactions,
    files: message.files.map((file) => file.name),
    at: Math.floor(message.micros / 1000),
    editedAt: message.edited ? Math.floor((microsOf(message.edited.ts) ?? 0) / 1000) : null,
    deleted: message.deleted,
    onlyFor: message.onlyFor,
    direct: message.channel.person,
  };
}
