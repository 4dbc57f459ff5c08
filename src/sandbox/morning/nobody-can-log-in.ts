// Discord, in English: a small report that grows into an outage, from the first word to the close.
import { discordChannels, discordPeople } from "../company.ts";
import type { ShownMessage } from "../world.ts";
import { madrid, type Scene } from "./scene.ts";
import { need } from "./stage.ts";

const { dani, lucia } = discordPeople;
const { help, team } = discordChannels;

export async function nobodyCanLogIn({ stage, discord }: Scene): Promise<void> {
  let root: string | undefined;
  let card: ShownMessage | undefined;
  let close: ShownMessage | undefined;
  const thread = () => ({ channel: help.id, thread: need(root, "Dani's message") });

  await stage.step(
    "The same morning on Discord. Dani writes, and sees at once that it was read.",
    async () => {
      stage.clock.jumpTo(madrid(24, 9, 4));
      const message = await discord.say(
        dani.id,
        help.id,
        "Hello, the order list gives an error when I filter it",
      );
      root = message;
      await stage.expect("the 👀 on Dani's message", ({ reacted }) =>
        reacted.find((each) => each.message === message && each.by === discord.botUser),
      );
      card = await stage.message("the card in #support-team", { channel: team.id }, "order list");
      await stage.pause(3);
    },
  );
  await stage.step("Two minutes, and nobody has answered: now, and only now, one sentence.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 6, 10));
    await stage.message("the acknowledgement", thread(), "Dani");
    await stage.pause(2);
  });
  await stage.step(
    "It gets worse. What Dani adds joins the same request, and raises its tier: 15 minutes instead of hours.",
    async () => {
      await discord.say(dani.id, help.id, "now nobody on our team can log in!");
      await stage.changed(
        "the card to say so",
        need(card, "the card of Dani's request"),
        "Everything is failing",
      );
      await stage.pause(3);
    },
  );
  await stage.step(
    "Lucía claims it, needs no form, and simply answers in the thread. The first answer is met.",
    async () => {
      const shown = need(card, "the card of Dani's request");
      await stage.press(discord, lucia, shown, "Claim");
      await stage.dismiss(discord, lucia);
      const root = thread().thread;
      await discord.say(
        lucia.id,
        help.id,
        "Hi Dani, we see it too: the login server is overloaded. We are restarting it. Can you try again in ten minutes?",
        { thread: root },
      );
      await stage.changed("the card to show the answer", shown, "nothing due");
      await stage.pause(2);
    },
  );
  await stage.step("It is Dani's turn now. Lucía says so, and the clocks pause.", async () => {
    const shown = need(card, "the card of Dani's request");
    await stage.press(discord, lucia, shown, "Waiting on customer");
    await stage.changed("the card to show that it waits", shown, "waiting on the customer");
    await stage.pause(2);
  });
  await stage.step("Dani answers. The clocks run again.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 19));
    const shown = need(card, "the card of Dani's request");
    await discord.say(dani.id, help.id, "Still locked out, same error", { thread: thread().thread });
    await stage.changed("the card to be open again", shown, "update by");
    await stage.pause(2);
  });
  await stage.step(
    "Lucía believes it is fixed, and resolves it. Dani is asked, and says otherwise.",
    async () => {
      stage.clock.jumpTo(madrid(24, 9, 24));
      const shown = need(card, "the card of Dani's request");
      await stage.press(discord, lucia, shown, "Resolve");
      await stage.submit(
        discord,
        lucia,
        { note: "The login server is back" },
        "Lucía writes “The login server is back” and presses [Submit]",
      );
      close = await stage.message("the question to Dani", thread(), "Anything else?");
      await stage.pause(3);
      await stage.press(discord, dani, close, "Not fixed");
      await stage.changed("the card to be open again", shown, "open");
      await stage.pause(2);
    },
  );
  await stage.step("The second server is restarted too. This time all is good.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 31));
    const shown = need(card, "the card of Dani's request");
    await stage.press(discord, lucia, shown, "Resolve");
    await stage.submit(
      discord,
      lucia,
      { note: "We've restarted the second one too" },
      "Lucía writes “We've restarted the second one too” and presses [Submit]",
    );
    close = await stage.message("the question to Dani", thread(), "second one too");
    await stage.pause(2);
    await stage.press(discord, dani, close, "All good");
    await stage.changed("the card to be closed", shown, "closed");
    const question = await stage.message("the question about the cause", { direct: lucia.id }, "impossible");
    const cause = question.controls[0]?.label;
    await stage.pause(2);
    await stage.press(discord, lucia, question, need(cause, "a cause to choose"));
    await stage.pause(2);
  });
}
