// Where Discord's description and Discord's own documentation disagree, and which of them is followed. Nothing else may differ.

type Json = Record<string, unknown>;

export interface Correction {
  /** The component of openapi.json. */
  component: string;
  /** The fields as they are instead, or besides. */
  fields: Json;
  why: string;
}

export const corrections: readonly Correction[] = [
  {
    component: "InnerErrors",
    fields: {
      _errors: {
        type: "array",
        items: {
          type: "object",
          properties: { code: { type: "string" }, message: { type: "string" } },
          required: ["code", "message"],
        },
      },
    },
    why: "The description types the code of a form's fault as a number; every example of the documentation (reference, Error Messages) has a word such as BASE_TYPE_REQUIRED.",
  },
  {
    component: "CreatedThreadResponse",
    fields: { message: { $ref: "#/components/schemas/MessageResponse" } },
    why: "The description forgets the nested message: “Returns a channel, with a nested message object, on success” (Start Thread in Forum or Media Channel).",
  },
];

/** Discord.js always sends these though the description does not name them; nothing else may be sent. */
export const alsoSent: Readonly<Record<string, Json>> = {
  /** `type` when a thread is started from a message. */
  "POST /channels/*/messages/*/threads": { type: { type: "integer" } },
  "PATCH /channels/*/messages/*": {
    tts: { type: ["boolean", "null"] },
    nonce: { type: ["string", "integer", "null"] },
    enforce_nonce: { type: ["boolean", "null"] },
  },
};
