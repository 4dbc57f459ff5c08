// A card is what the bot shows, in no platform's terms. The platforms render it; limits are theirs to keep.
// Strings in a card are plain text that is always escaped: nothing a person wrote can mention, link or format.
import type { Instant, PersonRef } from "../domain/words.ts";

/** A stretch of text. A bare string is shown literally. */
export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  /** Shown in the reader's own zone. `time` 10:30; `day` Tue 24 Nov, 10:30; `relative` in 45 minutes. */
  | { instant: Instant; as: "time" | "day" | "relative"; fallback: string }
  /** Shows the person's name. It notifies them only with `notify: true`. */
  | { person: PersonRef; name: string; notify?: boolean }
  | { channel: string }
  | { link: string; label: string };

export type Text = readonly Inline[];

export interface Button {
  /** The act's name and its arguments; the platform packs both into the button's id. */
  act: string;
  args: Readonly<Record<string, string>>;
  label: string;
  style?: "primary" | "danger";
  /** Opens this address instead of acting. */
  url?: string;
}

export interface Menu {
  act: string;
  args: Readonly<Record<string, string>>;
  /** The name of the argument the choice fills. */
  choice: string;
  placeholder: string;
  /** `people` lets the reader pick a person; `options` is then empty. */
  of: "options" | "people";
  options: readonly { value: string; label: string; description?: string }[];
  selected?: string;
}

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: Text }
  /** Something somebody wrote, set apart. */
  | { kind: "quote"; text: string }
  /** Small print. */
  | { kind: "note"; text: Text }
  | { kind: "fields"; fields: readonly { label: string; value: Text }[] }
  /** Text kept as it is, in a fixed-width face. */
  | { kind: "table"; text: string }
  | { kind: "divider" }
  | { kind: "actions"; items: readonly (Button | Menu)[] };

export interface Card {
  blocks: readonly Block[];
  /** One line for notifications and for readers without blocks. */
  summary: string;
  /**
   * Whom the post is for. Where a platform would not tell them of it by itself (a Discord thread they have not joined), it
   * mentions them; where it does (a Slack thread under their own message), nothing is added.
   */
  tells?: PersonRef;
  /** A coloured edge where the platform has one. */
  tone?: "calm" | "warn" | "alert" | "done";
  /** A file sent along (a chart). */
  file?: { name: string; mime: string; bytes: Uint8Array; alt: string };
}

export interface ModalField {
  name: string;
  label: string;
  value?: string;
  placeholder?: string;
  hint?: string;
  multiline: boolean;
  required: boolean;
  max: number;
}

/** A form. Its submission is an ActCall of `act` with `args` and one argument per field. */
export interface Modal {
  act: string;
  args: Readonly<Record<string, string>>;
  title: string;
  submit: string;
  cancel: string;
  intro?: Text;
  fields: readonly ModalField[];
}

/** What somebody who acted gets back at once, seen by them alone. */
export type Answer =
  | { kind: "nothing" }
  | { kind: "card"; card: Card }
  | { kind: "modal"; modal: Modal }
  /** `field` names the modal field at fault, where there is one; `again` leads back where the form could not stay open. */
  | { kind: "error"; text: string; field?: string; again?: Button };
