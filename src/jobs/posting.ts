// One post, ensured: held by one writer, remembered by its key, sent again only when it changed.
import { createHash } from "node:crypto";
import type { Context } from "../app/context.ts";
import type { Lang, RequestId } from "../domain/words.ts";
import { SiempreError } from "../errors.ts";
import type { Card } from "../messages/card.ts";
import type { Platform, PostRef, Target } from "../platforms/platform.ts";
import { type HeldPost, holdPost, keepPost, releasePost } from "../store/posts.ts";

export interface Post {
  workspaceId: string;
  requestId: RequestId | null;
  key: string;
  platform: string;
  target: Target;
  /** Asked for once the post is held. `first`: there has been no post yet; `version`: of its request, then. */
  card(first: boolean, version: number | null): Promise<Card>;
  lang: Lang;
  /** A live post is brought up to date; any other is said once and then left alone. */
  live: boolean;
  /** Held already, in the transaction that made it necessary. */
  held?: Promise<HeldPost | null> | undefined;
}

/** Resolves to where it stands. Throws a SiempreError; a passing one is worth another try. */
export async function ensurePost(context: Context, wall: () => number, post: Post): Promise<PostRef | null> {
  const port = context.platforms.get(post.platform);
  if (!port) {
    throw new SiempreError(
      "platform_unavailable",
      `${post.platform} is not connected; the post waits until it is.`,
    );
  }
  const id = { workspaceId: post.workspaceId, key: post.key };
  const place = { platform: post.platform, place: post.target.workspace, channel: channelOf(post.target) };
  const held = await (post.held ??
    holdPost(context.db.direct, { ...id, ...place, requestId: post.requestId }, wall()));
  if (!held) {
    throw new SiempreError("platform_unavailable", "Another delivery of the same post is under way.", {
      key: post.key,
    });
  }
  try {
    if (held.known && !post.live) return await leaveAlone(context, id, held.known);
    const card = await post.card(held.known === null, held.version);
    const shown = digestOf(card);
    if (held.known && held.shown === shown) return await leaveAlone(context, id, held.known);
    const old = outlived(context, port, held.known) ? held.known : null;
    const ref = await port.ensure({
      target: post.target,
      card,
      lang: post.lang,
      key: `${post.workspaceId}:${post.key}`.slice(0, 200),
      known: old ? null : held.known,
      suspect: held.suspect,
    });
    await keepPost(context.db.direct, id, ref, shown);
    if (old) await port.remove(old);
    return ref;
  } catch (error) {
    await releasePost(context.db.direct, id);
    throw error;
  }
}

/** Where messages can only be edited so often, a card that has stood for days is posted anew (capabilities). */
function outlived(context: Context, port: Platform, known: PostRef | null): boolean {
  const days = port.capabilities.repostAfterDays;
  return known !== null && days !== null && context.clock.now() - known.at > days * 86_400_000;
}

async function leaveAlone(
  context: Context,
  id: { workspaceId: string; key: string },
  known: PostRef,
): Promise<PostRef> {
  await releasePost(context.db.direct, id);
  return known;
}

function channelOf(target: Target): string {
  return "person" in target ? `@${target.person}` : target.channel;
}

const digests = new WeakMap<Card, string>();

/** What a card shows, hashed; once for each card, so that it can be known before the card may be sent. */
export function digestOf(card: Card): string {
  const known = digests.get(card);
  if (known !== undefined) return known;
  const { file, ...rest } = card;
  const hash = createHash("sha256").update(JSON.stringify(rest));
  if (file) hash.update(file.bytes);
  const digest = hash.digest("base64url");
  digests.set(card, digest);
  return digest;
}
