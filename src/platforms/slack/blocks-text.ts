// What blocks say, as Slack's markup, for posts that say it nowhere else: workflow forms and integrations.
import { z } from "zod";

const piece = z.looseObject({
  type: z.string().catch(""),
  text: z.unknown().optional(),
  fields: z.array(z.unknown()).optional().catch(undefined),
  elements: z.array(z.unknown()).optional().catch(undefined),
  user_id: z.string().optional().catch(undefined),
  channel_id: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
});

/** Deeper than Slack nests anything. */
const DEEPEST = 6;
/** These stand side by side in one line; everything else has its own. */
const INLINE = new Set(["rich_text_section", "rich_text_preformatted", "rich_text_quote"]);

/** The text of blocks, one line for each part. Never throws; what is not known says nothing. */
export function markupOfBlocks(blocks: readonly unknown[]): string {
  return blocks
    .map((block) => said(block, 0))
    .filter((line) => line !== "")
    .join("\n");
}

function said(raw: unknown, depth: number): string {
  const read = piece.safeParse(raw);
  if (!read.success || depth > DEEPEST) return "";
  const { type, text, fields, elements, user_id: user, channel_id: channel, url } = read.data;
  if (type === "user" && user) return `<@${user}>`;
  if (type === "channel" && channel) return `<#${channel}>`;
  if (type === "link" && url) return `<${url}>`;
  const own = typeof text === "string" ? text : text === undefined ? "" : said(text, depth + 1);
  const between = INLINE.has(type) ? "" : "\n";
  const inner = [...(fields ?? []), ...(elements ?? [])].map((each) => said(each, depth + 1));
  return [own, inner.filter((each) => each !== "").join(between)].filter((each) => each !== "").join("\n");
}
