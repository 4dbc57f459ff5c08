// What a bot puts into a message (text, blocks, attachments, metadata), checked as Slack checks it.
import { type CallArguments, Refusal } from "./api-call.ts";
import { blockFaults, tooLong, withIds } from "./blocks.ts";
import { asObject, asObjects, asText, type JsonObject } from "./json.ts";
import type { LocalWorkspace } from "./workspace.ts";

/** Longer text is cut by the real Slack on posting; here it is refused, for a cut answer is our fault all the same. */
export const POST_TEXT = 40_000;
/** https://docs.slack.dev/reference/methods/chat.update: msg_too_long above 4,000 characters. */
export const UPDATE_TEXT = 4_000;
const ATTACHMENTS = 100;
const METADATA_BYTES = 16_000;

/** Each part is null when the call did not name it. */
export interface Content {
  text: string | null;
  blocks: JsonObject[] | null;
  attachments: JsonObject[] | null;
  metadata: JsonObject | null;
}

export function contentOf(workspace: LocalWorkspace, args: CallArguments, longest: number): Content {
  const shortId = () => workspace.nextId("x").slice(-5);
  const text = args.text("text");
  if (text !== null && text.length > longest) {
    throw new Refusal("msg_too_long", `the text has ${text.length} characters, ${longest} are allowed`);
  }
  const given = args.objects("blocks", "invalid_blocks_format");
  if (given) {
    const faults = blockFaults(args.json("blocks", "invalid_blocks_format"), "message");
    if (faults.length > 0) throw new Refusal("invalid_blocks", faults.join("; "), faults);
    if (tooLong(given)) throw new Refusal("msg_blocks_too_long", "the blocks show too many characters");
  }
  const attachments = args.objects("attachments", "invalid_attachments");
  if (attachments && attachments.length > ATTACHMENTS)
    throw new Refusal("too_many_attachments", `${attachments.length}`);
  for (const attachment of attachments ?? []) {
    if (attachment.blocks === undefined) continue;
    const faults = blockFaults(attachment.blocks, "message");
    if (faults.length > 0) throw new Refusal("invalid_attachments", faults.join("; "), faults);
  }
  return {
    text,
    blocks: given && withIds(given, shortId),
    attachments:
      attachments?.map((attachment, index) => ({
        id: index + 1,
        ...attachment,
        ...(attachment.blocks === undefined
          ? {}
          : { blocks: withIds(asObjects(attachment.blocks), shortId) }),
      })) ?? null,
    metadata: metadataOf(args),
  };
}

function metadataOf(args: CallArguments): JsonObject | null {
  const metadata = args.object("metadata", "invalid_metadata_format");
  if (!metadata) return null;
  if (!asText(metadata.event_type) || !asObject(metadata.event_payload)) {
    throw new Refusal("invalid_metadata_format", "metadata needs event_type and event_payload");
  }
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  if (bytes > METADATA_BYTES) throw new Refusal("metadata_too_large", `metadata has ${bytes} bytes`);
  return metadata;
}

/** Refuses content that would show nothing. */
export function needSomething(content: Content): void {
  if (!content.text && !content.blocks?.length && !content.attachments?.length) {
    throw new Refusal("no_text", "neither text nor blocks nor attachments");
  }
}
