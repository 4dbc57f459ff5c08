// What somebody types into the message box, turned into what Slack stores: escaped text, and the same as rich text.
import { EMOJI_SOURCE, emojiCharacter, emojiName } from "./emoji.ts";
import type { JsonObject } from "./json.ts";
import type { LocalWorkspace } from "./workspace.ts";

const TOKEN = new RegExp(
  [
    "<@(?<user>[A-Za-z0-9_-]+)(?:\\|[^>]*)?>",
    "<#(?<channel>[A-Za-z0-9_-]+)(?:\\|[^>]*)?>",
    "<!(?<range>here|channel|everyone)>",
    "<(?<link>https?://[^>|\\s]+)(?:\\|(?<label>[^>]*))?>",
    "(?<url>https?://[^\\s<>]*[^\\s<>.,;:!?)\\]'\"])",
    `(?<emoji>${EMOJI_SOURCE})`,
    ":(?<name>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);

/** Escapes the three characters Slack escapes. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Text as typed (mentions as `<@id>`, channels as `<#id>`, links bare) in Slack's stored forms. Emoji characters become
 * short names, as in the real client. An unknown id is no mention and stays as it was typed.
 */
export function typed(workspace: LocalWorkspace, input: string): { text: string; blocks: JsonObject[] } {
  if (input === "") return { text: "", blocks: [] };
  let text = "";
  const elements: JsonObject[] = [];
  let literal = "";
  const flush = () => {
    if (literal === "") return;
    text += escapeText(literal);
    elements.push({ type: "text", text: literal });
    literal = "";
  };
  const add = (stored: string, element: JsonObject) => {
    flush();
    text += stored;
    elements.push(element);
  };
  let end = 0;
  for (const match of input.matchAll(TOKEN)) {
    literal += input.slice(end, match.index);
    end = match.index + match[0].length;
    const { user, channel, range, link, label, url, emoji, name } = match.groups ?? {};
    if (user !== undefined && workspace.people.has(user)) add(`<@${user}>`, { type: "user", user_id: user });
    else if (channel !== undefined && workspace.channels.has(channel)) {
      const channelName = workspace.channel(channel).name;
      add(`<#${channel}|${channelName}>`, { type: "channel", channel_id: channel });
    } else if (range !== undefined) add(`<!${range}>`, { type: "broadcast", range });
    else if (link !== undefined) {
      const shown = label === undefined ? "" : `|${escapeText(label)}`;
      add(`<${escapeText(link)}${shown}>`, { type: "link", url: link, text: label });
    } else if (url !== undefined) add(`<${escapeText(url)}>`, { type: "link", url });
    else if (emoji !== undefined) add(`:${emojiName(emoji)}:`, { type: "emoji", name: emojiName(emoji) });
    else if (name !== undefined && emojiCharacter(name) !== null) add(`:${name}:`, { type: "emoji", name });
    else literal += match[0];
  }
  literal += input.slice(end);
  flush();
  const section = { type: "rich_text_section", elements };
  return {
    text,
    blocks: [{ type: "rich_text", block_id: workspace.nextId("r").slice(-5), elements: [section] }],
  };
}
