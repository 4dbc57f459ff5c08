// The rest of the day; the digest of the next morning, and the summary of the week.
import { discordChannels, discordPeople, slackChannels, slackPeople } from "../company.ts";
import type { LocalPlatform } from "../world.ts";
import type { ChargedTwice } from "./charged-twice.ts";
import { madrid, numberOf, type Scene } from "./scene.ts";
import { need } from "./stage.ts";

const { ana, lucia, marc, marta, olmo } = slackPeople;
const { ayuda, ferro, leads, team } = slackChannels;

export async function restOfTuesday({ stage, slack, discord }: Scene, told: ChargedTwice): Promise<void> {
  await stage.step("Ana hands Olmo's CSV to Lucía, who hears of it privately and answers him.", async () => {
    stage.clock.jumpTo(madrid(24, 10, 40));
    const number = openCard(slack, team.id, "CSV");
    const typed = `/request assign ${number}`;
    await stage.slash(slack, ana, team, `${typed} <@${lucia.id}>`, `${typed} @Lucía`);
    await stage.message("the news to Lucía", { direct: lucia.id }, `#${number}`);
    await stage.pause(2);
    await slack.say(
      lucia.id,
      ayuda.id,
      "Hola Olmo, lo veo: eran las filas con tilde. Mañana sale el arreglo.",
      {
        thread: need(firstBy(slack, ayuda.id, olmo.id), "Olmo's message"),
      },
    );
    await stage.pause();
  });
  await stage.step(
    "Noor's note is answered too. Marc asks Marta for her address; now her answer waits for us.",
    async () => {
      const { lucia: onDiscord, noor } = discordPeople;
      const { help } = discordChannels;
      await discord.say(onDiscord.id, help.id, "Thanks Noor. It was set to dollars; it shows euros again.", {
        thread: need(firstBy(discord, help.id, noor.id), "Noor's note"),
      });
      const thread = need(told.root, "Marta's message");
      stage.clock.jumpTo(madrid(24, 10, 50));
      await slack.say(marc.id, ferro.id, "Of course, Marta. What is the new address?", { thread });
      await stage.expect("the card to show Marc's answer", ({ edited }) =>
        edited.find((each) => each.text.includes("new address") && each.text.includes("nothing due")),
      );
      stage.clock.jumpTo(madrid(24, 10, 52));
      await slack.say(marta.id, ferro.id, "Calle Mayor 12, 28013 Madrid", { thread });
      await stage.expect("the card to promise her an update", ({ edited }) =>
        edited.find((each) => each.text.includes("new address") && each.text.includes("update by")),
      );
      await stage.pause(2);
    },
  );
  await stage.step(
    "Ten to six, and nobody has taken Marta's address. A promise without an owner warns the team.",
    async () => {
      stage.clock.jumpTo(madrid(24, 17, 52, 20));
      await stage.message("the warning in #support-team", { channel: team.id }, "Nobody has it yet");
      await stage.pause(3);
    },
  );
}

export async function nextMorning({ stage, slack }: Scene): Promise<void> {
  await stage.step(
    "Wednesday, nine o'clock. The digest: what needs a hand now, and whether we kept our word yesterday.",
    async () => {
      stage.clock.jumpTo(madrid(25, 9, 0, 5));
      const digest = await stage.message("the digest on Slack", { channel: leads.id }, "Needs you now");
      await stage.message("the digest on Discord", { channel: discordChannels.leads.id }, "Support");
      await stage.pause(6);
      await stage.press(slack, ana, digest, "Assign");
      const menu = await stage.message(
        "the menu of people",
        { channel: leads.id, onlyFor: ana.id },
        "Who takes",
      );
      await stage.choose(slack, ana, menu, marc);
      await stage.message("the news to Marc", { direct: marc.id }, "Ana gave you");
      await stage.pause(2);
    },
  );
}

export async function nextMonday({ stage, slack, discord }: Scene): Promise<void> {
  await stage.step("The rest is answered on Wednesday, Kai's dark theme with it.", async () => {
    const { lucia: onDiscord } = discordPeople;
    const kais = openCard(discord, discordChannels.team.id, "dark theme");
    const martas = openCard(slack, team.id, "new address");
    stage.clock.jumpTo(madrid(25, 9, 20));
    await stage.slash(slack, marc, team, `/request resolve ${martas} Your invoices carry the new address`);
    await stage.slash(
      discord,
      onDiscord,
      discordChannels.team,
      `/request resolve ${kais} It is planned for January`,
    );
    await stage.expect("the question to Kai", ({ posted }) =>
      posted.find((each) => each.channel === discordChannels.questions.id && each.text.includes("January")),
    );
    await stage.pause();
  });
  await stage.step("Monday, nine o'clock. It was a quiet week since, and so is the digest.", async () => {
    stage.clock.jumpTo(madrid(30, 9, 0, 5));
    await stage.message("the digest on Slack", { channel: leads.id }, "Support");
    await stage.message("the digest on Discord", { channel: discordChannels.leads.id }, "Support");
    await stage.pause(2);
  });
  await stage.step("Half past nine. What customers taught us last week, and one cause to take.", async () => {
    stage.clock.jumpTo(madrid(30, 9, 30, 5));
    const heading = "What customers taught us";
    const summary = await stage.message("the summary on Slack", { channel: leads.id }, heading);
    await stage.message("the summary on Discord", { channel: discordChannels.leads.id }, heading);
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
  return numberOf(need(card, `the card about “${about}”`));
}

function firstBy(platform: LocalPlatform, channel: string, author: string): string | undefined {
  return platform.messages(channel).find((each) => each.author.id === author)?.id;
}
