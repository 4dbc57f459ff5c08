// What people wrote, made inert: no mention, no link, no formatting, no emoji by name. Discord shows a backslashed
// character as itself. https://support.discord.com/hc/en-us/articles/210298617

const ZERO_WIDTH = "\u200B";

/** Characters that mean something wherever they stand. */
const ANYWHERE = /[\\*_~`|[\]<>]/g;
/** `# heading`, `-# small`, `- item`, `+ item`, `1. item` at the start of a line. */
const LINE_START = /^([ \t]*)(#{1,3}(?=\s)|-#(?=\s)|[-+](?=\s)|\d{1,9}\.(?=\s))/gm;
const SCHEME = /:\/\//g;
const NAMED_EMOJI = /:(?=[\w+-]{1,64}:)/g;
/** Invites unfold without a scheme. */
const INVITE = /(discord(?:app)?)\.(?=gg\/|com\/invite\/)/gi;
const EVERYONE = /@(?=everyone|here)/gi;

/** Text that renders as exactly these characters. */
export function inert(text: string): string {
  return text
    .replace(ANYWHERE, "\\$&")
    .replace(LINE_START, (_, space: string, mark: string) =>
      /^\d/.test(mark) ? `${space}${mark.slice(0, -1)}\\.` : `${space}\\${mark}`,
    )
    .replace(SCHEME, "\\://")
    .replace(NAMED_EMOJI, "\\:")
    .replace(INVITE, "$1\\.")
    .replace(EVERYONE, `@${ZERO_WIDTH}`);
}

/** The same, in at most `max` characters; what is cut ends in `…` and never in half an escape or half a character. */
export function inertWithin(text: string, max: number): string {
  const whole = inert(text.length > max * 2 ? text.slice(0, max * 2) : text);
  if (whole.length <= max && text.length <= max * 2) return whole;
  return `${cut(whole, max - 1)}…`;
}

/** Text for a place without markup (labels, titles, placeholders), in at most `max` characters. */
export function clip(text: string, max: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= max ? line : `${cut(line, max - 1).trimEnd()}…`;
}

/** Inside back-ticks nothing is escaped; only the back-tick itself could end it. */
export function inCode(text: string): string {
  return text.replaceAll("`", "\u02CB").replace(/\s*\n\s*/g, " ");
}

/** Inside a fenced block three back-ticks could end it. */
export function inFence(text: string): string {
  return text.replaceAll("```", `\`${ZERO_WIDTH}\`${ZERO_WIDTH}\``);
}

function cut(text: string, length: number): string {
  let end = Math.max(0, length);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  let slashes = 0;
  while (slashes < end && text[end - 1 - slashes] === "\\") slashes += 1;
  return text.slice(0, slashes % 2 === 1 ? end - 1 : end);
}
