// The rules of a message that the bot sends or edits.
// https://docs.discord.com/developers/resources/message#create-message
import { checkMessageComponents } from "./check-components.ts";
import { FormFaults, type Json, refuse } from "./errors.ts";
import { characters, Form } from "./form.ts";
import { type Component, type Embed, Flag } from "./model.ts";

export interface Upload {
  name: string;
  mime: string;
  bytes: Uint8Array;
  /** The `n` of `files[n]`. */
  index: string;
}

export interface AllowedMentions {
  parse: readonly string[];
  users: readonly string[];
  roles: readonly string[];
  repliedUser: boolean;
}

/** What a checked body asks for. Absent fields (undefined) stay as they are in an edit. */
export interface MessageBody {
  content: string | undefined;
  embeds: Embed[] | undefined;
  components: Component[] | undefined;
  flags: number | undefined;
  /** Ids and descriptions of kept and new attachments; undefined keeps all. */
  attachments: { id: string; description: string | null; filename: string | null }[] | undefined;
  uploads: readonly Upload[];
  allowedMentions: AllowedMentions | null;
  nonce: string | number | null;
  enforceNonce: boolean;
  replyTo: string | null;
  failIfNotExists: boolean;
  isForward: boolean;
}

const MAX_UPLOAD = 10 * 1024 * 1024;
const SENDABLE =
  Flag.suppressEmbeds | Flag.ephemeral | Flag.suppressNotifications | Flag.componentsV2 | (1 << 13);

/** Checks a body; throws 50035, 50006 or 40005. `current` is the message being edited. */
export function checkMessage(
  body: Json,
  uploads: readonly Upload[],
  current: { flags: number; empty: boolean } | null = null,
  path: readonly string[] = [],
): MessageBody {
  const faults = new FormFaults();
  const form = new Form(faults, path, body);
  const flags = form.whole("flags", { min: 0 });
  const effective = (flags ?? 0) | ((current?.flags ?? 0) & Flag.componentsV2);
  if (flags !== null && flags & ~SENDABLE && !current) {
    form.fault("flags", "FLAGS_INVALID", "Invalid flags for this message");
  }
  const content = form.text("content", { max: 2000 });
  const embeds = checkEmbeds(form);
  const components = form.has("components") ? checkMessageComponents(form, effective) : undefined;
  if (effective & Flag.componentsV2) {
    for (const field of ["content", "embeds", "poll", "sticker_ids"] as const) {
      const value = body[field];
      const used = Array.isArray(value)
        ? value.length > 0
        : value !== undefined && value !== null && value !== "";
      if (used) {
        form.fault(
          field,
          "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
          `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
      }
    }
  }
  const nonce = checkNonce(form);
  const allowedMentions = checkAllowedMentions(form);
  const attachments = form.has("attachments")
    ? form.list("attachments", { max: 10 }).map((each) => ({
        id: String(each.body.id ?? ""),
        description: each.text("description", { max: 1024 }),
        filename: each.text("filename", { max: 260 }),
      }))
    : undefined;
  if (uploads.length > 10) {
    form.fault("files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
  }
  const reference = form.object("message_reference");
  const replyTo = reference?.text("message_id", { max: 20, required: true }) ?? null;
  faults.check();
  for (const upload of uploads) if (upload.bytes.byteLength > MAX_UPLOAD) throw refuse.tooLarge();

  const filled =
    Boolean(content) ||
    Boolean(embeds?.length) ||
    Boolean(components?.length) ||
    uploads.length > 0 ||
    Boolean(attachments?.length) ||
    form.has("poll") ||
    (Array.isArray(body.sticker_ids) && body.sticker_ids.length > 0) ||
    reference?.body.type === 1;
  if (!current && !filled) throw refuse.emptyMessage();
  return {
    content: body.content === null ? "" : (content ?? undefined),
    embeds,
    components: body.components === null ? [] : components,
    flags: flags ?? undefined,
    attachments: body.attachments === null ? [] : attachments,
    uploads,
    allowedMentions,
    nonce,
    enforceNonce: body.enforce_nonce === true,
    replyTo,
    failIfNotExists: reference?.body.fail_if_not_exists !== false,
    isForward: reference?.body.type === 1,
  };
}

function checkNonce(form: Form): string | number | null {
  const value = form.body.nonce;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  return form.text("nonce", { max: 25 });
}

function checkAllowedMentions(form: Form): AllowedMentions | null {
  const allowed = form.object("allowed_mentions");
  if (!allowed) return null;
  const strings = (field: string, max: number): string[] => {
    const value = allowed.body[field];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || value.length > max) {
      allowed.fault(field, "BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`);
      return [];
    }
    return value.map(String);
  };
  const parse = strings("parse", 3);
  const users = strings("users", 100);
  const roles = strings("roles", 100);
  for (const [index, kind] of parse.entries()) {
    if (!["users", "roles", "everyone"].includes(kind)) {
      form.faults.add(
        [...allowed.path, "parse", index],
        "BASE_TYPE_CHOICES",
        "Value must be one of ('everyone', 'users', 'roles').",
      );
    }
  }
  for (const [field, list] of [
    ["users", users],
    ["roles", roles],
  ] as const) {
    if (list.length > 0 && parse.includes(field)) {
      allowed.fault(
        field,
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        `parse:["${field}"] and ${field}: [ids...] are mutually exclusive.`,
      );
    }
  }
  return { parse, users, roles, repliedUser: allowed.body.replied_user === true };
}

function checkEmbeds(form: Form): Embed[] | undefined {
  if (form.body.embeds === null) return [];
  if (!form.has("embeds")) return undefined;
  let total = 0;
  const list = form.list("embeds", { max: 10 });
  for (const embed of list) {
    const title = embed.text("title", { max: 256 });
    const description = embed.text("description", { max: 4096 });
    embed.url("url");
    embed.whole("color", { min: 0, max: 0xff_ff_ff });
    const author = embed.object("author")?.text("name", { min: 1, max: 256, required: true });
    const footer = embed.object("footer")?.text("text", { min: 1, max: 2048, required: true });
    embed.object("image")?.url("url", true);
    embed.object("thumbnail")?.url("url", true);
    const timestamp = embed.text("timestamp", { max: 64 });
    if (timestamp !== null && Number.isNaN(Date.parse(timestamp))) {
      embed.fault("timestamp", "DATE_TIME_TYPE_PARSE", `Could not parse ${timestamp}. Should be ISO8601.`);
    }
    let fieldText = 0;
    const fields = embed.list("fields", { max: 25 });
    for (const field of fields) {
      fieldText += characters(field.text("name", { min: 1, max: 256, required: true }) ?? "");
      fieldText += characters(field.text("value", { min: 1, max: 1024, required: true }) ?? "");
    }
    const other = ["image", "thumbnail", "author", "footer"].some((key) => embed.has(key));
    if (!title && !description && fields.length === 0 && !other) embed.required("description");
    total += fieldText;
    for (const text of [title, description, author, footer]) if (text) total += characters(text);
  }
  if (total > 6000) {
    form.fault("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000");
  }
  return list.map(({ body }) => {
    const fields = Array.isArray(body.fields) ? (body.fields as Json[]) : null;
    const shown = fields ? { fields: fields.map((field) => ({ inline: false, ...field })) } : {};
    return { ...body, ...shown, type: "rich" } as Embed;
  });
}
