// What people write during a measurement: of ten messages two open a request, two join one, six are chatter.
import type { LocalPlatform } from "../../src/sandbox/world.ts";

export interface Line {
  kind: "opening" | "join" | "chatter";
  person: string;
  channel: string;
  text: string;
  /** The message it is a reply to. */
  replyTo?: string;
}

export interface Mix {
  /** The next line of the mix. */
  next(): Line;
  /** The next line that opens a request. */
  opening(): Line;
  /** A line of each person: whoever is measured has seen them before. */
  greetings(): Line[];
  /** The message that the last opening became. */
  opened(message: string): void;
  /** How many lines of each kind there have been. */
  readonly count: Record<Line["kind"], number>;
  readonly team: string;
  readonly policy: string;
}

const CHANNELS = 40;
const CUSTOMERS = 250;
const REGULARS = 50;
const STAFF = 5;
/** Openings back that a follow-up belongs to: more lines than are ever under way. */
const ROOTS = 20;

const OPENINGS = [
  "You charged me twice on invoice {n}, please refund one.",
  "I cannot log in since this morning, it says error {n}. Can you help?",
  "How do I export the sales of shop {n} to a spreadsheet?",
  "The app crashes when I open order {n}, what should I do?",
  "Nobody in our shop can open the register since the update to {n}, everything is down.",
];
const JOINS = [
  "It also happens with {n} on the other computer, can you check that too?",
  "The error on order {n} is still there, please look at it.",
];
const CHATTER = ["Good morning everyone", "haha nice", "Good night all", "lol", "Happy Friday!", "😀"];
/** Of each ten lines. */
const PATTERN: readonly Line["kind"][] = [
  "opening",
  "chatter",
  "chatter",
  "join",
  "chatter",
  "opening",
  "chatter",
  "chatter",
  "join",
  "chatter",
];

/** Furnishes the platform with channels and people, and says what they write. Deterministic. */
export function furnish(world: LocalPlatform): Mix {
  const slack = world.name === "slack";
  const person = (n: number) => (slack ? `U0P${n}` : String(100_000_000_000_000_000n + BigInt(n)));
  const channel = (n: number) => (slack ? `C0C${n}` : String(200_000_000_000_000_000n + BigInt(n)));
  const people = CUSTOMERS + REGULARS + STAFF;
  for (let n = 0; n < people; n += 1)
    world.addPerson({ id: person(n), name: `Person ${n}`, timezone: "Europe/Madrid", locale: "en-GB" });
  const staff = Array.from({ length: STAFF }, (_, n) => person(CUSTOMERS + REGULARS + n));
  for (let n = 0; n < CHANNELS; n += 1)
    world.addChannel({ id: channel(n), name: `help-${n}`, kind: "text", private: false });
  const team = channel(CHANNELS);
  world.addChannel({ id: team, name: "support-team", kind: "text", private: true, members: staff });

  let said = 0;
  let opened = 0;
  // The last openings, oldest first: whom a follow-up goes on with has been heard long before.
  let roots: { message: string; person: string; channel: string }[] = [];
  const count = { opening: 0, join: 0, chatter: 0 };
  const pick = (from: readonly string[]) => (from[said % from.length] ?? "").replace("{n}", String(said));
  // Each person writes in each channel once before anybody does so again.
  const seat = (n: number) => ({
    person: person((n + Math.floor(n / CUSTOMERS)) % CUSTOMERS),
    channel: channel(n % CHANNELS),
  });
  function followUp(text: string): Line {
    const [root] = roots;
    if (!root) return { kind: "join", ...seat(opened), text };
    const { message, ...who } = root;
    return { kind: "join", ...who, text, replyTo: message };
  }
  function line(kind: Line["kind"]): Line {
    said += 1;
    count[kind] += 1;
    switch (kind) {
      case "opening":
        opened += 1;
        return { kind, ...seat(opened), text: pick(OPENINGS) };
      case "join":
        return followUp(pick(JOINS));
      default: {
        const someone = person(CUSTOMERS + (said % (REGULARS + STAFF)));
        return { kind, person: someone, channel: channel(said % CHANNELS), text: pick(CHATTER) };
      }
    }
  }
  return {
    next: () => line(PATTERN[said % PATTERN.length] ?? "chatter"),
    opening: () => line("opening"),
    opened(message) {
      roots = [...roots, { message, ...seat(opened) }].slice(-ROOTS);
    },
    greetings() {
      count.chatter += people;
      return Array.from({ length: people }, (_, n) => ({
        ...{
          kind: "chatter" as const,
          person: person(n),
          channel: channel(n % CHANNELS),
          text: "Good morning",
        },
      }));
    },
    count,
    team,
    policy: `
timezone: Europe/Madrid
hours: { mon-sun: "0:00-24:00" }
acknowledge after: at once
openings per hour: 1000
storm: none
storm of tier 1: none
staff: [${staff.map((id) => `"${id}"`).join(", ")}]
teams:
  - name: Support
    channels: [{ name: everything else, mode: every, live: true, join within: 1 min }]
    team channel: support-team
`,
  };
}
