// The day ends; the digest of the next morning, and the summary of the week.
import { discordChannels, discordPeople, slackChannels, slackPeople } from "../company.ts";
import type { LocalPlatform } from "../world.ts";
import { madrid, numberOf, type Scene } from "./scene.ts";

export async function nextMorning({ stage, slack, discord }: Scene): Promise<void> {
  const { ana, lucia } = slackPeople;
  const { team, leads } = slackChannels;
  await stage.step("Before lunch Ana hands Olmo's CSV to Lucía, who hears of it privately.", async () => {
    stage.clock.jumpTo(madrid(24, 10, 40));
    const number = openCard(slack, team.id, "CSV");
    await stage.slash(
      slack,
      ana,
      team,
      `/request assign ${number} <@${lucia.id}>`,
      `/request assign ${number} @Lucía`,
    );
    await stage.message("the news to Lucía", { direct: lucia.id }, `#${number}`);
    await stage.pause(2);
  });
  await stage.step("The rest is closed in the course of the day.", async () => {
    for (const text of ["CSV", "label printer"]) {
      await stage.slash(slack, lucia, team, `/request resolve ${openCard(slack, team.id, text)}`);
    }
    const { lucia: onDiscord } = discordPeople;
    const number = openCard(discord, discordChannels.team.id, "currency");
    await stage.slash(discord, onDiscord, discordChannels.team, `/request resolve ${number}`);
    await stage.pause(2);
  });
  await stage.step(
    "Wednesday, nine o'clock. The digest: what needs a hand now, and whether we kept our word yesterday.",
    async () => {
      stage.clock.jumpTo(madrid(25, 9, 0, 5));
      await stage.message("the digest on Slack", { channel: leads.id }, "Support");
      await stage.message("the digest on Discord", { channel: discordChannels.leads.id }, "Support");
      await stage.pause(6);
    },
  );
}

export async function nextMonday({ stage, slack, discord }: Scene): Promise<void> {
  const { ana } = slackPeople;
  const { leads } = slackChannels;
  await stage.step(
    "Nothing may run out over the weekend: Lucía answers Kai about the dark theme.",
    async () => {
      const { lucia } = discordPeople;
      const number = openCard(discord, discordChannels.team.id, "dark theme");
      await stage.slash(
        discord,
        lucia,
        discordChannels.team,
        `/request resolve ${number} It is planned for January`,
      );
      await stage.pause();
    },
  );
  await stage.step("Monday, nine o'clock. It was a quiet week since, and so is the digest.", async () => {
    stage.clock.jumpTo(madrid(30, 9, 0, 5));
    await stage.message("the digest on Slack", { channel: leads.id }, "Support");
    await stage.message("the digest on Discord", { channel: discordChannels.leads.id }, "Support");
    await stage.pause(2);
  });
  await stage.step("Half past nine. What customers taught us last week, and one cause to take.", async () => {
    stage.clock.jumpTo(madrid(30, 9, 30, 5));
    const summary = await stage.message(
      "the summary on Slack",
      { channel: leads.id },
      "What customers taught us",
    );
    await stage.message(
      "the summary on Discord",
      { channel: discordChannels.leads.id },
      "What customers taught us",
    );
    await stage.pause(6);
    await stage.press(slack, ana, summary, "I'll take");
    await stage.message("the answer to Ana", { channel: leads.id, onlyFor: ana.id }, "yours");
    await stage.pause(2);
  });
}

/** The number of the card that speaks of something. */
function openCard(platform: LocalPlatform, channel: string, about: string): string {
  const card = platform
    .messages(channel)
    .findLast(
      (each) => each.author.id === platform.botUser && /^#\d/.test(each.text) && each.text.includes(about),
    );
  return card ? numberOf(card) : "?";
}
