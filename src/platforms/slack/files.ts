// A card's file: uploaded first, shown inside the post, so that post and picture are one message with one key.
import { z } from "zod";
import type { Card } from "../../messages/card.ts";
import type { Calls } from "./calls.ts";
import { slackCode } from "./faults.ts";
import { FILE_READY_PAUSES_MS } from "./limits.ts";

const place = z.object({ upload_url: z.string(), file_id: z.string() });
const done = z.object({});

type File = NonNullable<Card["file"]>;

/** Uploads bytes; shared into `channel` (under `thread`) when given, else private until a block shows it. */
export async function upload(
  calls: Calls,
  file: File,
  share: { channel: string; thread: string } | null,
): Promise<string> {
  const asked = { filename: file.name, length: file.bytes.byteLength, alt_txt: file.alt };
  const { upload_url: url, file_id: id } = await calls.call("files.getUploadURLExternal", asked, place);
  await calls.upload(url, file.bytes);
  const where = share === null ? {} : { channel_id: share.channel, thread_ts: share.thread };
  await calls.call("files.completeUploadExternal", { files: [{ id, title: file.name }], ...where }, done);
  return id;
}

/** What an image block can show. */
export function isImage(file: File | undefined): file is File {
  return file !== undefined && /^image\/(?:png|jpe?g|gif)$/.test(file.mime);
}

/**
 * Uploads the card's picture, if it has one, and runs `post` with it; again after a pause while Slack still processes
 * the upload (until then it refuses the block), at last without the picture: words that arrive beat a picture that does not.
 */
export async function withImage<T>(
  calls: Calls,
  card: Card,
  post: (image: { file: string; alt: string } | null) => Promise<T>,
): Promise<T> {
  if (!isImage(card.file)) return await post(null);
  const image = { file: await upload(calls, card.file, null), alt: card.file.alt };
  for (const ms of FILE_READY_PAUSES_MS) {
    try {
      return await post(image);
    } catch (error) {
      if (slackCode(error) !== "invalid_blocks") throw error;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return await post(null);
}
