// Slack, in English: a message before the desk opens, a claim, a promise that is missed and put right.
import { discordChannels, slackChannels, slackPeople } from "../company.ts";
import type { ShownMessage } from "../world.ts";
import { madrid, numberOf, type Scene } from "./scene.ts";
import { need } from "./stage.ts";

const { marc, marta } = slackPeople;
const { ferro, team, leads } = slackChannels;

/** What later chapters go on with. */
export interface ChargedTwice {
  root?: string;
  card?: ShownMessage;
}

export async function beforeNine({ stage, slack }: Scene, told: ChargedTwice): Promise<void> {
  await stage.step(
    "Marta writes at 8:56. Nobody is in yet, so she hears at once when somebody reads it.",
    async () => {
      stage.clock.jumpTo(madrid(24, 8, 56));
      const root = await slack.say(
        marta.id,
        ferro.id,
        "Hi! We changed our plan yesterday and we were charged twice. Can I get one of them back?",
      );
      told.root = root;
      await stage.expect("the 👀 on Marta's message", ({ reacted }) =>
        reacted.find((each) => each.message === root && each.by === slack.botUser),
      );
      told.card = await stage.message("the card in #support-team", { channel: team.id }, "charged twice");
      await stage.message("the acknowledgement", { channel: ferro.id, thread: root }, "Marta");
      await stage.pause(4);
    },
  );
  await stage.step("Nine o'clock. The leads read the daily digest: what needs a hand now.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 0, 5));
    await stage.message("the digest", { channel: leads.id }, "Needs you now");
    await stage.message("the digest on Discord", { channel: discordChannels.leads.id }, "Support");
    await stage.pause(3);
  });
  await stage.step(
    "Marc takes it, and is offered one line to say back what he understood. He makes it his own.",
    async () => {
      stage.clock.jumpTo(madrid(24, 9, 1));
      const card = need(told.card, "the card of Marta's request");
      await stage.press(slack, marc, card, "Claim");
      await stage.submit(
        slack,
        marc,
        {
          line: "I'm Marc and I have this. So: the plan change charged you twice and you want one back.",
          by: "soon",
        },
        "Marc rewrites the line, promises “soon” and presses [Send]",
      );
      await stage.expect("the form to ask for a time", () => {
        const form = slack.modal(marc.id);
        return form && Object.keys(form.errors).length > 0 ? form : null;
      });
      await stage.submit(slack, marc, { by: "10:00" }, "Marc writes 10:00 instead and presses [Send]");
      await stage.message(
        "Marc's line",
        { channel: ferro.id, thread: need(told.root, "Marta's message") },
        "I'm Marc",
      );
      await stage.changed("the card to name Marc", card, "Marc");
      await stage.pause(2);
    },
  );
  await stage.step("Marta is polite. A bare thanks opens nothing, and starts no clock.", async () => {
    await slack.say(marta.id, ferro.id, "Thanks!", { thread: need(told.root, "Marta's message") });
    await stage.pause(3);
  });
}

export async function missedAndMended({ stage, slack }: Scene, told: ChargedTwice): Promise<void> {
  await stage.step("9:45. Marc promised news by 10:00. He is reminded before, privately.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 45, 20));
    await stage.message("the reminder to Marc", { direct: marc.id }, "10:00");
    await stage.pause(3);
  });
  await stage.step(
    "Marc is on the phone with the bank, and 10:00 passes. He and the leads are told, with an apology ready to send.",
    async () => {
      stage.clock.jumpTo(madrid(24, 10, 0, 5));
      const breach = await stage.message("the breach told to Marc", { direct: marc.id }, "missed 10:00");
      await stage.message("the breach told to the leads", { channel: leads.id }, "missed 10:00");
      await stage.pause(4);
      stage.clock.jumpTo(madrid(24, 10, 4));
      await stage.press(slack, marc, breach, "Send");
      await stage.submit(
        slack,
        marc,
        { by: "10:45" },
        "Marc leaves the line as it is, writes 10:45 and presses [Send]",
      );
      const root = need(told.root, "Marta's message");
      await stage.message("the apology in Marta's thread", { channel: ferro.id, thread: root }, "sorry");
      await stage.pause(2);
    },
  );
  await stage.step(
    "10:30, and it is done. Marc resolves it with a command, in one line that Marta reads.",
    async () => {
      stage.clock.jumpTo(madrid(24, 10, 30));
      const root = need(told.root, "Marta's message");
      const number = numberOf(need(told.card, "the card of Marta's request"));
      await stage.slash(slack, marc, team, `/request resolve ${number} We've refunded the second charge`);
      const close = await stage.message(
        "the question to Marta",
        { channel: ferro.id, thread: root },
        "Anything else?",
      );
      await stage.pause(3);
      await stage.press(slack, marta, close, "Something else");
      await stage.submit(
        slack,
        marta,
        { text: "Can our invoice carry our new address, please?" },
        "Marta writes “Can our invoice carry our new address, please?” and presses [Send]",
      );
      await stage.message(
        "the card of the linked request",
        { channel: team.id },
        "Linked from",
        "new address",
      );
      stage.clock.jumpTo(madrid(24, 10, 33));
      await stage.message("the acknowledgement", { channel: ferro.id, thread: root }, "Thanks, Marta");
      await stage.pause(3);
    },
  );
  await stage.step(
    "Marc is asked, privately, the one question that makes support smaller: what would have prevented it?",
    async () => {
      const question = await stage.expect("the question about the cause", () =>
        slack.seenBy(marc.id).findLast((each) => each.direct === marc.id && each.text.includes("impossible")),
      );
      await stage.press(slack, marc, question, "Other");
      await stage.submit(
        slack,
        marc,
        { name: "Show the new price before the plan changes" },
        "Marc writes “Show the new price before the plan changes” and presses [Save]",
      );
      await stage.message("the answer to Marc", { direct: marc.id }, "Noted");
      await stage.pause(2);
    },
  );
}
