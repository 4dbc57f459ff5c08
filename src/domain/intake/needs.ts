// What a decision needs to know. Most lines of a channel are small talk, and reading for them what only few messages need
// would be most of the bot's work. Each answer here may be yes too often, never too rarely: a test holds it against decide.ts.
import { saysItWorks } from "../triage/kind.ts";
import type { Candidate, IntakeContext } from "./intake.ts";
import { speaksFor } from "./talk.ts";

const active = ({ status }: Candidate): boolean => status === "open" || status === "waiting";

/**
 * Whether only a request of its own author could make more of a message than small talk at top level: then whoever has none
 * in the channel can be heard without looking at what else is open there.
 */
export function standsByItself({
  message,
  reading,
  role,
}: Pick<IntakeContext, "message" | "reading" | "role">): boolean {
  const { author, where, replyTo, forumPost, mentions, mentionsBot, text } = message;
  if (author.bot) return true;
  if (where.thread !== null || replyTo !== null || forumPost || reading.kind === "request") return false;
  // The team may be answering whom they mention, or say "fixed!" to everybody.
  return role === "customer" || (mentions.length === 0 && !mentionsBot && !saysItWorks(text));
}

/** Whether requests of others in the channel could be what a message belongs to; where not, its author's own are enough. */
export function needsOthers(context: Pick<IntakeContext, "message" | "reading" | "role">): boolean {
  return needsOthersUnread(context) ?? mayHelp(context);
}

/** What `needsOthers` is of a message that nobody has read yet; null: that depends on what it says. */
export function needsOthersUnread({
  message: { where, replyTo, forumPost },
  role,
}: Pick<IntakeContext, "message" | "role">): boolean | null {
  if (where.thread !== null || replyTo !== null || role !== "customer") return true;
  return forumPost ? false : null;
}

/** Small talk is short. */
const SHORT = 24;

/**
 * Whether a message is so likely more than small talk that what its decision needs is asked for while it is being read.
 * A guess by its place and length: where it is wrong, something was asked for nothing.
 */
export function looksLikeMore({ message, role }: Pick<IntakeContext, "message" | "role">): boolean {
  const { author, where, replyTo, forumPost, text } = message;
  if (author.bot) return false;
  return (
    where.thread !== null || replyTo !== null || forumPost || (role === "customer" && text.length > SHORT)
  );
}

/** Whether the channel's last lines could change where a message belongs. `candidates` are those of the context. */
export function needsLines(
  context: Pick<IntakeContext, "message" | "reading" | "role" | "author" | "candidates">,
): boolean {
  const { message, reading, role, author, candidates } = context;
  const running = candidates.filter(active);
  if (message.where.thread !== null || message.replyTo !== null || running.length === 0) return false;
  if (role !== "customer") return reading.kind === "request" || saysItWorks(message.text);
  // Their own request may go on; somebody else's only where nothing says that they speak for themselves.
  if (running.some(({ customer }) => customer === author)) return true;
  return reading.kind === "request" && mayHelp(context);
}

/** Whether it asks for something at top level, and so most likely opens a request. What that needs may be read ahead. */
export function mayOpen(context: Pick<IntakeContext, "message" | "reading" | "role" | "mode">): boolean {
  return context.reading.kind === "request" && mayOpenUnread(context);
}

/** Whether it opens a request where it asks for something: of a message that nobody has read yet. */
export function mayOpenUnread({
  message,
  role,
  mode,
}: Pick<IntakeContext, "message" | "role" | "mode">): boolean {
  const top = message.where.thread === null && message.replyTo === null;
  return top && role === "customer" && mode === "every" && !message.author.bot;
}

/** Whether a customer's words at top level may be help for another customer: no trouble and no question of their own. */
export function mayHelp({ message, reading }: Pick<IntakeContext, "message" | "reading">): boolean {
  if (reading.kind !== "request" || message.files.length > 0 || message.mentionsBot) return false;
  return speaksFor({ message, reading }) === "anybody";
}
