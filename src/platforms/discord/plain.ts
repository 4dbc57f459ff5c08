// A message's markup → the text a reader sees. https://docs.discord.com/developers/reference#message-formatting
// One linear pattern; what names nobody keeps a readable stand-in.

const MARKUP =
  /<(?:@!?(?<user>\d{1,20})|@&(?<role>\d{1,20})|#(?<channel>\d{1,20})|a?:(?<emoji>\w{1,32}):\d{1,20}|\/(?<command>[^\s:<>][^:<>]{0,99}):\d{1,20}|t:(?<time>-?\d{1,12})(?::[tTdDfFRsS])?|(?<link>https?:\/\/[^\s<>]{1,2000}))>/g;

/** How names are found; null where nobody knows. */
export interface Names {
  user(id: string): string | null;
  role(id: string): string | null;
  channel(id: string): string | null;
}

/** Plain text, and the ids of the people mentioned in it, in order and each once. */
export function plainText(
  content: string,
  names: Names,
): { text: string; mentions: string[]; roles: string[] } {
  const mentions = new Set<string>();
  const roles = new Set<string>();
  const text = content.replace(MARKUP, (...match) => {
    const groups = match.at(-1) as Partial<Record<string, string>>;
    if (groups.user !== undefined) {
      mentions.add(groups.user);
      return `@${names.user(groups.user) ?? groups.user}`;
    }
    if (groups.role !== undefined) {
      roles.add(groups.role);
      return `@${names.role(groups.role) ?? "role"}`;
    }
    if (groups.channel !== undefined) return `#${names.channel(groups.channel) ?? "channel"}`;
    if (groups.emoji !== undefined) return `:${groups.emoji}:`;
    if (groups.command !== undefined) return `/${groups.command}`;
    if (groups.time !== undefined) return isoMinute(Number(groups.time));
    return groups.link ?? "";
  });
  return { text, mentions: [...mentions], roles: [...roles] };
}

function isoMinute(seconds: number): string {
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? "" : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
