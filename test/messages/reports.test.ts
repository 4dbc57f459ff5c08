// Digest and summary as leads read them, beside MESSAGES.md.
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/domain/reports/digest.ts";
import { summaryOf } from "../../src/domain/reports/summary.ts";
import type { Why } from "../../src/domain/request/facts.ts";
import type { Lang, Tier } from "../../src/domain/words.ts";
import { digestCard, summaryCard } from "../../src/messages/reports.ts";
import { at, HOUR, MINUTE } from "../domain/request/desk.ts";
import { read, reader } from "./view.ts";

const DAY = 24 * HOUR;
const row = (number: number, who: string, title: string, owner: string | null) => ({
  id: "019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9a41",
  number,
  who,
  title,
  owner,
  tier: 2 as Tier,
  waitsOnCustomer: false,
  community: false,
  waitingSince: null,
  due: null,
});
const due = (kind: "first_answer" | "next_update", time: string, broken = false) => ({
  kind,
  at: at(time),
  broken,
});
const kept = Array.from({ length: 31 }, () => ({
  number: 1,
  who: "x",
  kept: true,
  dueAt: at("Mon 12:00"),
  answeredAt: at("Mon 11:00"),
  why: null as Why | null,
  word: null as string | null,
  putOff: null as { by: string; why: string } | null,
}));

const open = [
  { ...row(412, "Ferro Bikes", "charged twice", null), due: due("first_answer", "10:30") },
  { ...row(398, "Olmo", "import drops rows", "Marc"), due: due("next_update", "8:00", true) },
  { ...row(401, "Brisa", "slow export", "Ana"), id: "a", due: due("next_update", "13:00") },
  { ...row(377, "Northgate", "API limit", "Lucía"), id: "b", waitingSince: at("9:00") - 3 * DAY },
];
const missed = {
  number: 405,
  who: "Brisa",
  kept: false,
  dueAt: at("Mon 15:30"),
  answeredAt: at("Mon 16:20"),
  why: "nobody_owned" as Why,
  word: null as string | null,
  putOff: null as { by: string; why: string } | null,
};
const rows = {
  open,
  pledges: [missed, ...kept],
  opened: 19,
  closed: 22,
  slowest: 4 * HOUR + 50 * MINUTE,
  brokenBefore: at("Mon 9:00") - 6.2 * DAY,
  community: { opened: 11, answeredByHelpers: 8 },
  praise: {
    text: "You always tell us the truth.",
    who: "Olmo",
    number: 398,
    owner: "Ana Ruiz",
    at: at("Mon 12:00"),
  },
};

const digest = (lang: Lang, more: Partial<typeof rows> = {}) =>
  read(
    digestCard(
      digestOf({ ...rows, ...more }, { from: at("Mon 9:00"), to: at("9:00"), endOfDay: at("Wed 0:00") }),
      "Support",
      reader("9:00", lang),
    ),
  );

describe("the daily digest", () => {
  test("says whose reminder had been put off, and why", () => {
    const putOff = { by: "Marc Vidal", why: "waiting for the bank" };
    const off = { pledges: [{ ...missed, putOff }, ...kept] };
    expect(digest("en", off)).toContain("Marc had put the reminder off: “waiting for the bank”.");
    expect(digest("es", off)).toContain("Marc había aplazado el aviso: «waiting for the bank».");
  });

  test("tells five broken promises one by one, how many more there are, and all of them by cause", () => {
    const pledges: (typeof missed)[] = [
      ...Array.from({ length: 4 }, (_, index) => ({ ...missed, number: 500 + index })),
      { ...missed, number: 510, why: "handed_over" },
      { ...missed, number: 511, why: "third_party" },
      { ...missed, number: 512, why: "owner_silent" },
    ];
    expect(digest("en", { pledges }).match(/• #5\d\d Brisa/g)).toHaveLength(5);
    expect(digest("en", { pledges })).toContain(
      "and 2 more · Why: nobody owned it 4, was handed over 1, waited for a third party 1, the owner was silent 1",
    );
    expect(digest("es", { pledges })).toContain(
      "y 2 más · Por qué: no la tenía nadie 4, cambió de manos 1, esperaba a un tercero 1, quien la llevaba calló 1",
    );
    expect(digest("en", { pledges: [missed] })).not.toContain("Why:");
  });

  test("says whose word it was, in both languages", () => {
    const given = { ...rows, pledges: [{ ...missed, word: "Ana Ruiz" }, ...kept] };
    expect(digest("en", given)).toMatch(/: Ana gave their word for .+; 50 min late\. Answered/);
    expect(digest("en", given)).toContain("Words kept: 0 of 1.");
    expect(digest("es", given)).toMatch(/: Ana dio su palabra para el .+; 50 min tarde\. Respondida/);
    expect(digest("es", given)).toContain("Palabra cumplida: 0 de 1.");
  });

  test("reads as in MESSAGES.md", () => {
    expect(digest("en")).toBe(
      [
        "Support · Tue 24 Nov",
        "2 promises need a hand. 1 broken yesterday, first in 6 days.",
        "Needs you now",
        "• #398 Olmo, import drops rows · Marc · update was due 8:00",
        "• #412 Ferro Bikes, charged twice · no owner · answer due 10:30",
        "[Reassign #398] [Assign #412]",
        "Also due today Ana 1; next 13:00",
        "Waiting longest on us",
        "• #377 Northgate, 3 days, API limit · Lucía",
        "Broken yesterday",
        "• #405 Brisa: 50 min late, nobody owned it. Answered Mon 23 Nov, 16:20.",
        "Community 11 in, 8 answered by helpers, 0 waiting over a day",
        "Yesterday 19 in, 22 closed, 4 open. Kept 31 of 32. Slowest answer 4 h 50.",
        "“You always tell us the truth.” Olmo · #398, Ana, Mon 23 Nov",
      ].join("\n"),
    );
  });

  test("reads in Spanish as well", () => {
    const text = digest("es");
    expect(text).toContain("Support · mar 24 nov");
    expect(text).toContain("2 promesas necesitan una mano. 1 incumplida ayer, la primera en 6 días.");
    expect(text).toContain("• #398 Olmo, import drops rows · Marc · novedades: era para las 8:00");
    expect(text).toContain("50 min tarde, no la tenía nadie. Respondida el lun 23 nov, 16:20.");
    expect(text).toContain("«You always tell us the truth.» Olmo · #398, Ana, lun 23 nov");
  });

  test("of a quiet day is short", () => {
    expect(
      digest("en", {
        open: [],
        pledges: [],
        opened: 0,
        closed: 0,
        community: { opened: 0, answeredByHelpers: 0 },
      }),
    ).toMatch(/^Support · Tue 24 Nov\nNothing needs a hand\. None broken yesterday\.\nYesterday 0 in/);
  });

  test("on a Monday speaks of what was since Friday, not of yesterday", () => {
    const monday = (lang: Lang) =>
      read(
        digestCard(
          digestOf(
            { ...rows, open: [], pledges: [] },
            { from: at("Mon 9:00") - 3 * DAY, to: at("Mon 9:00"), endOfDay: at("0:00") },
          ),
          "Support",
          reader("Mon 9:00", lang),
        ),
      );
    expect(monday("en")).toContain("None broken since Fri 20 Nov.");
    expect(monday("en")).toContain("Since Fri 20 Nov: 19 in");
    expect(monday("en")).not.toMatch(/yesterday/i);
    expect(monday("es")).toContain("desde el vie 20 nov");
    expect(monday("es")).not.toMatch(/ayer/i);
  });

  test("tells how many more need a hand than it shows", () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ ...open[0], id: `r${index}`, number: index }));
    const text = digest("en", { open: many as typeof open });
    expect(text).toContain("9 promises need a hand.");
    expect(text).toContain("and 4 more");
  });
});

const caused = (cause: string, count: number, tier: Tier, hours: number, words: string) =>
  Array.from({ length: count }, (_, index) => ({
    cause,
    who: `company ${index % 6}`,
    tier,
    waited: (hours * HOUR) / count,
    words,
  }));
const cause = (id: string, name: string, owner: string | null, takenAt: number | null = null) => ({
  id,
  name,
  owner,
  status: owner ? ("taken" as const) : ("open" as const),
  takenAt,
  before: 9,
});
const week = {
  caused: [
    ...caused("1", 17, 3, 41, "It eats rows"),
    ...caused("2", 14, 4, 12, "I clicked everywhere, then asked you."),
    ...caused("4", 8, 2, 31, ""),
  ],
  causes: [
    cause("1", "CSV import drops rows", "Marc", at("Mon 9:00") - DAY),
    cause("2", "Can't find invoice PDF", null),
    cause("4", "Charged twice on plan change", null),
  ],
  opened: 84,
  openedBefore: 72,
  resolved: 50,
  inOneGo: 29,
  resolvedBefore: 100,
  inOneGoBefore: 51,
  served: [{ who: "Northgate", requests: 4, late: 2 }],
  notNow: [],
  chances: [
    {
      request: "019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9a42",
      number: 412,
      who: "Ferro Bikes",
      quote: "want 20 seats",
      follows: null,
      first: true,
    },
    {
      request: "019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9a43",
      number: 377,
      who: "Northgate",
      quote: "",
      follows: { name: "Ana Ruiz", until: at("Fri 17:00") },
      first: false,
    },
  ],
};

describe("the weekly summary", () => {
  const summary = (lang: Lang, more: Partial<typeof week> = {}) =>
    read(
      summaryCard(
        summaryOf({ ...week, ...more }, { from: at("Mon 9:30") - 7 * DAY, to: at("Mon 9:30") }),
        { id: "019aa5d2-6d2c-7b62-8f5e-2d0f4d3c9a41", name: "Support" },
        reader("Mon 9:30", lang),
      ),
    );

  test("reads as in MESSAGES.md", () => {
    expect(summary("en")).toBe(
      [
        "What customers taught us · 16–22 Nov",
        "84 requests (+12). Three causes explain 39.",
        "Taken",
        "• CSV import drops rows (Marc): 9 the week before, 17 this week.",
        "What costs most (requests, companies, customers' waiting)",
        "1. CSV import drops rows: 17, 6, 41 h. Marc",
        "2. Can't find invoice PDF: 14, 6, 12 h. Nobody",
        "   “I clicked everywhere, then asked you.”",
        "3. Charged twice on plan change: 8, 6, 31 h. Nobody",
        "Docs could answer 2",
        "Solved in one go 58 % (was 51 %)",
        "Worst served Northgate: 4 requests, 2 late. Worth a call.",
        "Chance",
        "• Ferro Bikes: “want 20 seats” · nobody yet; #412 first.",
        "• Northgate: their words were taken back · Ana, Fri 27 Nov (#377)",
        "[I'll follow up #412]",
        "Take one this week. Suggested: 3. Few, but it's money.",
        "[I'll take 3] [Another] [Not now, because…]",
      ].join("\n"),
    );
  });

  test("reads in Spanish as well", () => {
    const text = summary("es");
    expect(text).toContain("Lo que nos enseñaron los clientes · 16–22 nov");
    expect(text).toContain("84 peticiones (+12). Tres causas explican 39.");
    expect(text).toContain("• Ferro Bikes: «want 20 seats» · nadie todavía; primero, #412.");
    expect(text).toContain("• Northgate: retiraron sus palabras · Ana, vie 27 nov (#377)");
    expect(text).toContain("[Sigo yo #412]");
    expect(text).toContain("Elige una esta semana. Sugerida: 3. Pocas, pero es dinero.");
  });

  test("of a week in which no cause was named says where causes come from", () => {
    expect(summary("en", { caused: [], causes: [] })).toContain("No causes were named this week.");
  });

  test("tells why nothing was taken the last time", () => {
    expect(summary("en", { notNow: ["release week"] as never[] })).toContain(
      "Last time nothing was taken: “release week”",
    );
  });
});
