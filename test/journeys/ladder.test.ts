// The ladder as a policy may write it: steps for who is on call, steps said in the channel, steps after the breach.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Case, type Desk, makeDesk } from "../support/desk.ts";
import { madrid, makeTown, type PlatformName, type Town } from "../support/town.ts";

// Ana has the week on call, and leads. Olmo's hours are New York's: 15:00 to 23:00 in Madrid.
const team = (person: Town["person"]) => `
on call:
  people: ["${person.ana}", "${person.marc}"]
  since: 2026-11-23`;
const policy = `
gather reminders: 1 min
reminders:
  - at 50% tell owner in the channel
  - 45 min before tell on-call
  - 40 min before tell team
  - 30 min after tell owner every 30 min 2 times
  - 1 h after tell on-call every 1 h until answered
  - 90 min after tell team in the channel
companies:
  - name: Olmo
    channels: olmo
    timezone: America/New_York
    hours: { mon-fri: "9:00-17:00" }
`;

describe.each<PlatformName>(["slack", "discord"])("the steps of a ladder on %s", (name) => {
  let town: Town;
  let desk: Desk;
  beforeAll(async () => {
    const channels = [{ name: "olmo" }];
    town = await makeTown(name, { start: madrid("2026-11-24 10:00"), policy, team, channels });
    desk = makeDesk(town);
  });
  afterEach(() => expect(town.refusals.splice(0).filter(({ code }) => code !== "30046")).toEqual([]));
  afterAll(() => town?.close());

  /** What was said of it up to a time, to each of those who may hear it; each call gives what is new. */
  const listener = (of: Case) => {
    const places = {
      marc: () => desk.told(town.person.marc, of),
      ana: () => desk.told(town.person.ana, of),
      channel: () => desk.heard(of),
    };
    const before = { marc: 0, ana: 0, channel: 0 };
    return async (time: string) => {
      await town.passTo(`2026-11-${time}`);
      const fresh: Partial<Record<keyof typeof places, readonly string[]>> = {};
      for (const who of ["marc", "ana", "channel"] as const) {
        const all = places[who]();
        if (all.length > before[who]) fresh[who] = all.slice(before[who]);
        before[who] = all.length;
      }
      return fresh;
    };
  };
  const owned = async (customer: string) => {
    const of = await desk.charged(town.newcomer(customer));
    await desk.claim(of, town.person.marc);
    return of;
  };
  const one = (words: string) => [expect.stringContaining(words)];

  test("before the end: the owner by name in the channel, who is on call in private, the team in its channel", async () => {
    const of = await owned("Nora Diaz");
    const heard = listener(of);
    const who = `Nora Diaz (#${of.number})`;
    expect(await heard("24 10:59")).toEqual({});
    expect(await heard("24 11:00")).toEqual({ channel: one(`${who} expects you by 12:00, in 1 h.`) });
    const said = town.cards().find(({ text }) => text.includes(who));
    expect(said?.text).toMatch(/^@Marc Vidal: Nora Diaz/);
    expect(said?.controls.map(({ label }) => label)).toContain("I'm on it");
    expect(await heard("24 11:15")).toEqual({ ana: one(`${who} expects Marc by 12:00, in 45 min.`) });
    const note = desk.note(town.person.ana, of);
    expect(note.direct).toBe(town.person.ana);
    expect(note.controls.map(({ label }) => label)).toContain("I'll take it");
    expect(await heard("24 11:20")).toEqual({ channel: one(`${who} expects Marc by 12:00, in 40 min.`) });
    expect(await heard("24 11:59")).toEqual({});
    await town.world.say(town.person.marc, town.channel.help, "Refunded.", { thread: of.id });
    expect(await heard("24 17:00")).toEqual({});
  });

  test("after it: so many times, again and again until somebody answers, in working time, and then no more", async () => {
    await town.passTo("2026-11-25 10:00");
    const of = await owned("Otto Lind");
    const heard = listener(of);
    await heard("25 11:59");
    expect(await heard("25 12:00")).toEqual({ marc: one("We missed 12:00"), ana: one("We missed 12:00") });
    expect(await heard("25 12:29")).toEqual({});
    const late = one(`Otto Lind (#${of.number})`);
    expect(await heard("25 12:30")).toEqual({ marc: late });
    expect(await heard("25 13:00")).toEqual({ marc: late, ana: late });
    expect(await heard("25 13:30")).toEqual({ channel: late });
    // The hour after 13:00 is over at 14:00, when Ana has gone to lunch; lunch is no working time, so the next is at 16:00.
    expect(await heard("25 14:00")).toEqual({ channel: late });
    expect(await heard("25 15:59")).toEqual({});
    expect(await heard("25 16:00")).toEqual({ ana: late });
    await town.world.say(town.person.ana, town.channel.help, "Sorry for the wait: refunded.", {
      thread: of.id,
    });
    expect(await heard("25 17:59")).toEqual({});
    expect(await heard("26 12:00")).toEqual({});
  });

  test("nobody is told in private outside their hours: for who is on call the channel hears it", async () => {
    await town.passTo("2026-11-26 20:00");
    const olmo = town.newcomer("Quim Sala");
    await town.world.say(olmo, town.place("olmo"), "You charged me twice for October, please refund one.");
    await town.settled();
    const card = await town.card("Quim Sala");
    const number = /#(\d+)/.exec(card.text)?.[1] ?? "";
    const of: Case = { id: "", card: card.id, number };
    await town.world.slash(town.person.marc, town.channel.team, `/request claim ${number}`);
    await town.settled();
    const heard = listener(of);
    await heard("26 21:14");
    // Due at 22:00 in Madrid, when Ana has been at home for four hours.
    expect(await heard("26 21:15")).toEqual({ channel: one("expects Marc by 22:00, in 45 min.") });
  });
});
