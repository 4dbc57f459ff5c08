// Which pager wakes whom, and a policy that names one nobody set up.
import { describe, expect, test } from "vitest";
import { SiempreError } from "../../src/errors.ts";
import type { Pager } from "../../src/paging/pager.ts";
import { checkPagers, createPagers } from "../../src/paging/pagers.ts";

const pager = (): Pager => ({ send: async () => undefined });

describe("the pager of a team", () => {
  const [general, night] = [pager(), pager()];
  const pagers = createPagers(general, new Map([["NIGHT_DESK", night]]));

  test("is the one its policy names, however it is written, else the one of the whole bot", () => {
    expect([pagers.of("night desk"), pagers.of("Night-Desk"), pagers.of(null)]).toEqual([
      night,
      night,
      general,
    ]);
    expect(pagers.of("night desk")).not.toBe(general);
  });

  test("that is named and not set up is none: nobody is woken through another team's service", () => {
    expect(pagers.of("billing")).toBeNull();
  });

  test("must be set up before the bot starts, and the message names what to set", () => {
    const teams = [
      { name: "Support", pager: null },
      { name: "Nights", pager: "night desk" },
      { name: "Money", pager: "billing" },
    ];
    const refused = (): SiempreError => {
      try {
        checkPagers(pagers, teams);
      } catch (error) {
        if (error instanceof SiempreError) return error;
      }
      throw new Error("was accepted");
    };
    expect(refused().code).toBe("config_invalid");
    expect(refused().message).toContain(
      '"billing" of team Money: set PAGE_URL_BILLING and PAGE_SECRET_BILLING',
    );
    expect(refused().message).not.toContain("night desk");
    expect(() => checkPagers(pagers, teams.slice(0, 2))).not.toThrow();
  });
});
