// One suite that every adapter and the fake pass. People are played through the platform's own local server (or the
// fake's world); what the bot would see and do goes through the port alone.
import { describe } from "vitest";
import { describeActing } from "./contract/acting.ts";
import { describeHearing } from "./contract/hearing.ts";
import { describePosting } from "./contract/posting.ts";
import { describeReading } from "./contract/reading.ts";
import { describeShowing } from "./contract/showing.ts";
import type { Make } from "./contract/stage.ts";

/** Declares the contract for one platform. `make` gives a fresh, empty world each time, with the bot not yet started. */
export function describePlatform(name: string, make: Make): void {
  describe(name, () => {
    describeHearing(make);
    describeActing(make);
    describePosting(make);
    describeShowing(make);
    describeReading(make);
  });
}
