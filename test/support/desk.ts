// What journeys at a support desk have in common: a customer who was charged twice, a colleague who takes it, and what
// each of them reads, with times on a 24-hour clock whatever their platform shows.
import type { ShownMessage, ShownModal } from "../../src/sandbox/world.ts";
import type { Town } from "./town.ts";

export interface Case {
  /** The customer's message. */
  id: string;
  /** The message that is its card. */
  card: string;
  /** Its number, without `#`. */
  number: string;
}

export interface Desk {
  /** A customer writes at top level (by default about money: two working hours to the first answer). */
  charged(customer: string, text?: string): Promise<Case>;
  /** Presses Claim on the card; says `line` back, or nothing. */
  claim(of: Case, by: string, line?: { line?: string; by: string }): Promise<void>;
  /** Presses a button that opens a form, and gives the form. */
  form(who: string, message: string, label: string): Promise<ShownModal>;
  /** Submits the open form and gives the fault it is refused with: in the form, or, where forms have none, in private. */
  refusal(who: string, values: Readonly<Record<string, string>>): Promise<string>;
  /** What a person was told in private about a request, oldest first. */
  told(who: string, of: Case): readonly string[];
  /** What the team channel was told about a request besides its card. */
  heard(of: Case): readonly string[];
  /** What the bot said to the customer, in the thread under their message. */
  spoken(of: Case): readonly string[];
  /** The card as it is now. */
  cardOf(of: Case): string;
  /** The last private message about the request, to press its buttons. */
  note(who: string, of: Case): ShownMessage;
}

/** The text without the invisible mark of a post, times as `16:50`. */
export function reads(text: string): string {
  return text
    .replace(/[\u200b-\u200d\u2060]/g, "")
    .replace(/\b(\d{1,2}):(\d{2})[\s\u202f]([AP])M\b/g, (_, hour: string, minute: string, half: string) => {
      const hours = (Number(hour) % 12) + (half === "P" ? 12 : 0);
      return `${String(hours).padStart(2, "0")}:${minute}`;
    });
}

export function makeDesk(town: Town): Desk {
  const { world, channel } = town;
  const about = (of: Case) => (message: ShownMessage) => message.text.includes(`(#${of.number})`);
  const shown = (messages: readonly ShownMessage[]) => messages.map(({ text }) => reads(text));
  return {
    async charged(customer, text = "You charged me twice for October, please refund one.") {
      const before = new Set(town.cards().map(({ id }) => id));
      const id = await world.say(customer, channel.help, text);
      await town.settled();
      const card = town.cards().find((each) => !before.has(each.id) && /^#\d+ /.test(each.text));
      const number = /#(\d+)/.exec(card?.text ?? "")?.[1];
      if (!card || !number) throw new Error(`no card for: ${text}`);
      return { id, card: card.id, number };
    },
    async claim({ card }, by, line) {
      await world.press(by, card, "Claim");
      await town.until("the form to say it back", () => world.modal(by));
      if (line) await world.submit(by, line);
      else await world.dismiss(by);
      await town.settled();
    },
    async form(who, message, label) {
      await world.press(who, message, label);
      return town.until(`the form behind "${label}"`, () => world.modal(who));
    },
    async refusal(who, values) {
      const before = new Set(town.privately(who).map(({ id }) => id));
      await world.submit(who, values);
      return town.until("a fault", () => {
        const faults = Object.values(world.modal(who)?.errors ?? {});
        const said = town.privately(who).filter(({ id }) => !before.has(id));
        return [...faults, ...said.map(({ text }) => text)].join("\n");
      });
    },
    told: (who, of) => shown(town.privately(who).filter(about(of))),
    heard: (of) => shown(town.cards().filter(about(of))),
    spoken: ({ id }) => shown(town.under(id)),
    cardOf: ({ card }) => reads(world.find(card)?.text ?? ""),
    note(who, of) {
      const last = town.privately(who).filter(about(of)).at(-1);
      if (!last) throw new Error(`${who} was told nothing about #${of.number}`);
      return last;
    },
  };
}
