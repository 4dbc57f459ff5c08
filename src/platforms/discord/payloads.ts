// The parts of Discord's payloads that we read, and nothing else. What is unknown degrades or is ignored.
// https://docs.discord.com/developers/resources/message and /events/gateway-events
import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/);
const optionalId = id.nullish().transform((value) => value ?? null);
const bits = z
  .string()
  .regex(/^\d+$/)
  .transform((value) => BigInt(value));
const list = <T extends z.ZodType>(item: T) => z.array(item).catch([]).default([]);
/** An instant in ISO 8601; null for what cannot be read. */
const instant = z
  .string()
  .nullish()
  .transform((value) => {
    const at = value ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? null : at;
  });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

export const userSchema = z.object({
  id,
  username: z.string().catch(""),
  global_name: text,
  bot: z.boolean().catch(false).default(false),
});
export type UserPayload = z.infer<typeof userSchema>;

export const memberSchema = z.object({
  nick: text,
  roles: list(id),
  joined_at: instant,
});
/** What a name and the mark of a newcomer need of a member. */
export interface MemberPayload {
  nick?: string | null | undefined;
  joined_at?: number | null | undefined;
}
export const fullMemberSchema = memberSchema.extend({ user: userSchema });
export type FullMember = z.infer<typeof fullMemberSchema>;

export const attachmentSchema = z.object({
  filename: z.string().catch("file"),
  content_type: text,
  size: z.number().catch(0),
});

const mentionSchema = userSchema.extend({ member: z.object({ nick: text }).optional().catch(undefined) });

export const threadSchema = z.object({
  id,
  type: z.number(),
  guild_id: optionalId,
  parent_id: optionalId,
  name: z.string().catch(""),
  last_message_id: optionalId,
  thread_metadata: z
    .object({ archived: z.boolean().catch(false), archive_timestamp: instant })
    .optional()
    .catch(undefined),
});
export type ThreadPayload = z.infer<typeof threadSchema>;

export const messageSchema = z.object({
  id,
  channel_id: id,
  guild_id: optionalId,
  type: z.number(),
  author: userSchema,
  member: memberSchema.optional().catch(undefined),
  content: z.string().catch(""),
  timestamp: instant,
  edited_timestamp: instant,
  mentions: list(mentionSchema),
  attachments: list(attachmentSchema),
  webhook_id: optionalId,
  application_id: optionalId,
  message_reference: z
    .object({ type: z.number().catch(0).default(0), message_id: optionalId })
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? null),
  message_snapshots: list(
    z.object({
      message: z.object({
        content: z.string().catch(""),
        mentions: list(mentionSchema),
        attachments: list(attachmentSchema),
      }),
    }),
  ),
  embeds: list(
    z.object({
      title: text,
      description: text,
      fields: list(z.object({ name: z.string().catch(""), value: z.string().catch("") })),
    }),
  ),
  /** Whoever used the command another app answers. */
  interaction_metadata: z
    .object({ user: z.object({ id }) })
    .nullish()
    .catch(undefined),
  thread: threadSchema.optional().catch(undefined),
});
export type MessagePayload = z.infer<typeof messageSchema>;

/** A direct message with the bot, as REST describes it. */
export const directSchema = z.object({ id, type: z.literal(1), recipients: list(z.object({ id })) });

/** What we look for in a post of our own. */
export const ownPostSchema = z.object({
  id,
  channel_id: id,
  author: z.object({ id }),
  content: z.string().catch(""),
  timestamp: instant,
  embeds: list(z.object({ url: text })),
});
export type OwnPost = z.infer<typeof ownPostSchema>;

export const deletedSchema = z.object({ id, channel_id: id, guild_id: optionalId });
export const bulkDeletedSchema = z.object({ ids: z.array(id), channel_id: id, guild_id: optionalId });
export const threadDeletedSchema = z.object({ id, guild_id: id, parent_id: optionalId, type: z.number() });

export const reactionSchema = z.object({
  user_id: id,
  channel_id: id,
  message_id: id,
  guild_id: optionalId,
  member: fullMemberSchema.optional().catch(undefined),
  emoji: z.object({ id: optionalId, name: text }),
});
export type ReactionPayload = z.infer<typeof reactionSchema>;

export const overwriteSchema = z
  .object({ id, type: z.number(), allow: bits, deny: bits })
  .transform((raw) => ({ id: raw.id, kind: raw.type, allow: raw.allow, deny: raw.deny }));

export const channelSchema = z.object({
  id,
  type: z.number(),
  guild_id: optionalId,
  name: z.string().catch(""),
  position: z.number().catch(0).default(0),
  parent_id: optionalId,
  permission_overwrites: list(overwriteSchema),
});
export type ChannelPayload = z.infer<typeof channelSchema>;

export const roleSchema = z.object({
  id,
  name: z.string().catch(""),
  permissions: bits,
  tags: z
    .object({ bot_id: optionalId })
    .nullish()
    .catch(undefined)
    .transform((value) => value ?? null),
});

export const guildSchema = z.object({
  id,
  name: z.string(),
  owner_id: id,
  roles: list(roleSchema),
  channels: list(channelSchema),
  threads: list(threadSchema),
});
export const guildUpdateSchema = guildSchema.pick({ id: true, name: true, owner_id: true });
export const guildDeletedSchema = z.object({ id, unavailable: z.boolean().optional() });
export const roleEventSchema = z.object({ guild_id: id, role: roleSchema });
export const roleDeletedSchema = z.object({ guild_id: id, role_id: id });
export const threadListSchema = z.object({ guild_id: id, threads: list(threadSchema) });

export const readySchema = z.object({ user: userSchema, application: z.object({ id }) });

const optionSchema = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
const subcommandSchema = optionSchema.extend({ options: list(optionSchema) });

/** A field of a submitted form; it stands in a label (18) or in a row (1). */
const inputSchema = z.object({ custom_id: z.string(), value: z.string().catch("").default("") });
const submittedSchema = z
  .object({ component: inputSchema.optional().catch(undefined), components: list(inputSchema) })
  .transform((row) => (row.component ? [row.component] : row.components));

export const interactionSchema = z.object({
  id,
  application_id: id,
  token: z.string(),
  type: z.number(),
  guild_id: optionalId,
  channel_id: optionalId,
  channel: z.object({ id, type: z.number(), parent_id: optionalId, name: text }).nullish().catch(undefined),
  member: fullMemberSchema.optional().catch(undefined),
  user: userSchema.optional().catch(undefined),
  locale: text,
  message: z.object({ id, channel_id: id }).nullish().catch(undefined),
  data: z
    .object({
      name: text,
      /** Of a command: 1 slash, 2 on a person, 3 on a message. */
      type: z.number().optional(),
      /** Arguments, a subcommand with its own, or a group with the subcommand that was chosen. */
      options: list(optionSchema.extend({ options: list(subcommandSchema) })),
      target_id: optionalId,
      resolved: z
        .object({ messages: z.record(z.string(), z.unknown()).optional() })
        .nullish()
        .catch(undefined),
      custom_id: text,
      component_type: z.number().optional(),
      values: list(z.string()),
      components: list(submittedSchema),
    })
    .optional(),
});
export type InteractionPayload = z.infer<typeof interactionSchema>;
