// Slack, in Spanish: a channel that only watches, and goes live; an edit; an answer in time. Then a forum and a helper.
import { discordChannels, discordPeople, slackChannels, slackPeople } from "../company.ts";
import type { ShownMessage } from "../world.ts";
import { madrid, type Scene } from "./scene.ts";
import { need } from "./stage.ts";

const { ana, lucia, olmo, rosa } = slackPeople;
const { ayuda, team } = slackChannels;

const TWO_MINUTES = 125_000;

export async function watchOnly({ stage, slack }: Scene): Promise<void> {
  let card: ShownMessage | undefined;
  let rosas: string | undefined;
  await stage.step(
    "#ayuda is new, so the bot only watches there: a card for the team, and not a sign to the customer.",
    async () => {
      stage.clock.jumpTo(madrid(24, 9, 33));
      await slack.say(olmo.id, ayuda.id, "Buenos días, al importar el CSV se pierden filas");
      card = await stage.message("the card of Olmo's request", { channel: team.id }, "Watch only");
      await stage.pause(3);
    },
  );
  await stage.step("The team likes what it sees. Ana, who leads, lets the bot speak.", async () => {
    await stage.press(slack, ana, need(card, "the card of Olmo's request"), "Go live");
    await stage.message("the answer to Ana", { onlyFor: ana.id }, "live");
    await stage.pause(2);
  });
  await stage.step(
    "From the next message on, customers hear from us, in their own language. Rosa even edits hers.",
    async () => {
      const message = await slack.say(rosa.id, ayuda.id, "Hola, ¿cómo cambio el horario de mi tienda?");
      rosas = message;
      const shown = await stage.message("the card of Rosa's request", { channel: team.id }, "horario");
      await slack.edit(
        rosa.id,
        ayuda.id,
        message,
        "Hola, ¿cómo cambio el horario de mi tienda? Esta tarde cerramos antes.",
      );
      await stage.changed("the card to show the edit", shown, "cerramos antes");
      stage.clock.jumpTo(madrid(24, 9, 36, 30));
      await stage.message(
        "the acknowledgement in Spanish",
        { channel: ayuda.id, thread: message },
        "Gracias, Rosa",
      );
      await stage.pause(3);
    },
  );
  await stage.step("Lucía, whose own language is Spanish, gives Rosa the answer.", async () => {
    stage.clock.jumpTo(madrid(24, 9, 40));
    const thread = need(rosas, "Rosa's message");
    await slack.say(
      lucia.id,
      ayuda.id,
      "Hola Rosa. En Ajustes → Horario, pulsa el día de hoy y elige la hora de cierre.",
      { thread },
    );
    await stage.expect("the card of Rosa's request to show the answer", ({ edited }) =>
      edited.find((each) => each.text.includes("horario") && each.text.includes("nothing due")),
    );
    await stage.pause(2);
  });
}

export async function byHand({ stage, slack, discord }: Scene): Promise<void> {
  const { kai, noor } = discordPeople;
  const { help, questions, team: discordTeam } = discordChannels;
  await stage.step(
    "Ideas are welcome too: a post in Discord's forum. It is promised an answer within days, not hours.",
    async () => {
      const post = await discord.say(
        kai.id,
        questions.id,
        "It would be great to have a dark theme for the shop page.",
        {
          title: "Dark theme?",
        },
      );
      await stage.expect("the 👀 on Kai's post", ({ reacted }) =>
        reacted.find((each) => each.message === post),
      );
      await stage.message("the card of Kai's idea", { channel: discordTeam.id }, "dark theme");
      stage.clock.jumpTo(stage.clock.now() + TWO_MINUTES);
      await stage.message("the acknowledgement", { channel: questions.id, thread: post }, "Thanks, Kai");
      await stage.pause(2);
    },
  );
  await stage.step(
    "What nobody wrote as a request becomes one by hand: Noor, a helper, puts 🎫 on her note about Kai.",
    async () => {
      const note = await discord.say(
        noor.id,
        help.id,
        `<@${kai.id}> told me on the voice channel that the shop page shows the wrong currency`,
      );
      await stage.pause(2);
      await discord.react(noor.id, help.id, note, "ticket");
      await stage.message("the card that was opened by hand", { channel: discordTeam.id }, "currency");
      stage.clock.jumpTo(stage.clock.now() + TWO_MINUTES);
      await stage.message("the acknowledgement", { channel: help.id, thread: note }, "Kai");
      await stage.pause(2);
    },
  );
  await stage.step("Everything works by command as well. Only whoever asks sees the answer.", async () => {
    await stage.slash(slack, ana, team, "/queue");
    await stage.message("the queue", { channel: team.id, onlyFor: ana.id }, "#");
    await stage.pause(3);
    await stage.slash(slack, ana, team, "/request show 2");
    await stage.message("request 2", { channel: team.id, onlyFor: ana.id }, "#2");
    await stage.pause(3);
  });
  await stage.step("What is mistyped is answered with what works.", async () => {
    await stage.slash(slack, ana, team, "/request clam 2");
    await stage.message("the usage", { channel: team.id, onlyFor: ana.id }, "/request claim");
    await stage.pause(2);
  });
}
