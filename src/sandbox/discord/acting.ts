// What people do with the bot's controls: buttons, menus, commands, modals.
import type { LocalPlatform } from "../world.ts";
import type { Command } from "./check-commands.ts";
import type { InteractionRequest, Interactions } from "./interactions.ts";
import type { Modals } from "./modals.ts";
import { type Channel, ChannelType, type Component, type Message, type User } from "./model.ts";
import { Permission as P } from "./permissions.ts";
import type { Discord } from "./posting.ts";
import type { Commands } from "./routes-guild.ts";
import type { Eyes } from "./seeing.ts";
import { everyComponent } from "./show.ts";
import { hasName, parseSlash } from "./slash.ts";
import { messageJson, resolvedMemberJson, userJson } from "./wire.ts";

/** Each act resolves when the bot has answered, or its time is over. */
export class Acting {
  readonly #discord: Discord;
  readonly #eyes: Eyes;
  readonly #interactions: Interactions;
  readonly #modals: Modals;
  readonly #commands: Commands;

  constructor(
    discord: Discord,
    eyes: Eyes,
    bot: { interactions: Interactions; modals: Modals; commands: Commands },
  ) {
    this.#discord = discord;
    this.#eyes = eyes;
    this.#interactions = bot.interactions;
    this.#modals = bot.modals;
    this.#commands = bot.commands;
  }

  async press(person: string, message: string, label: string): Promise<void> {
    const user = this.#eyes.user(person);
    const source = this.#eyes.seen(user, message);
    const buttons = [...everyComponent(source.components)].filter(
      (each) => each.type === 2 && !each.disabled,
    );
    const button = buttons.find((each) => labelOf(each).toLowerCase().includes(label.toLowerCase()));
    if (!button) {
      const known = buttons.map(labelOf).join(", ") || "no buttons";
      throw new Error(`message ${message} has no button ${JSON.stringify(label)} to press; it has ${known}`);
    }
    if (button.custom_id === undefined)
      throw new Error(`the button ${labelOf(button)} is a link to ${button.url}`);
    await this.#component(user, source, button, {});
  }

  async choose(person: string, message: string, option: string): Promise<void> {
    const user = this.#eyes.user(person);
    const source = this.#eyes.seen(user, message);
    const menus = [...everyComponent(source.components)].filter((each) => !each.disabled);
    for (const menu of menus) {
      const value = menu.type === 3 ? optionOf(menu, option) : null;
      if (value !== null) return this.#component(user, source, menu, { values: [value] });
      const chosen = menu.type === 5 ? this.#mentioned(option) : null;
      if (chosen) {
        const resolved: Record<string, unknown> = { users: { [chosen.id]: userJson(chosen) } };
        if (chosen.member) {
          const bits = this.#discord.guild.permissions(chosen, source.channel);
          resolved.members = { [chosen.id]: resolvedMemberJson(chosen, bits) };
        }
        return this.#component(user, source, menu, { values: [chosen.id], resolved });
      }
    }
    throw new Error(`message ${message} has no menu that offers ${JSON.stringify(option)}`);
  }

  async slash(person: string, channel: string, text: string, thread?: string): Promise<void> {
    const user = this.#eyes.user(person);
    const place = thread === undefined ? this.#eyes.place(user, channel) : this.#eyes.thread(user, thread);
    if (place.type === ChannelType.forum) throw new Error("nobody can type a command at the top of a forum");
    const { command, options, resolved } = parseSlash(
      this.#discord.guild,
      this.#offered(user, place),
      text,
      user,
    );
    const data = {
      id: command.id,
      name: command.name,
      type: 1,
      ...(command.guild_id ? { guild_id: command.guild_id } : {}),
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
    };
    await this.#start({
      type: 2,
      user,
      channel: place,
      data,
      source: null,
      command: { name: command.name, type: 1 },
    });
  }

  async shortcut(person: string, message: string, name: string): Promise<void> {
    const { guild } = this.#discord;
    const user = this.#eyes.user(person);
    const target = this.#eyes.seen(user, message);
    const offered = this.#offered(user, target.channel).filter(({ type }) => type === 3);
    const command = offered.find((each) => hasName(each, name, user));
    if (!command) {
      const known = offered.map((each) => each.name).join(", ") || "none";
      throw new Error(`no command ${JSON.stringify(name)} in the menu of a message; it offers ${known}`);
    }
    const data = {
      id: command.id,
      name: command.name,
      type: 3,
      ...(command.guild_id ? { guild_id: command.guild_id } : {}),
      target_id: target.id,
      resolved: { messages: { [target.id]: messageJson(guild, target, { content: true }) } },
    };
    const { channel } = target;
    await this.#start({
      type: 2,
      user,
      channel,
      data,
      source: null,
      command: { name: command.name, type: 3, target: target.id },
    });
  }

  modal(person: string): ReturnType<LocalPlatform["modal"]> {
    const user = this.#eyes.user(person);
    const modal = this.#modals.of(user);
    return modal && this.#modals.shown(modal);
  }

  async submit(person: string, values: Readonly<Record<string, string>>): Promise<void> {
    const user = this.#eyes.user(person);
    const modal = this.#modals.of(user);
    if (!modal) throw new Error(`${user.name} has no modal open`);
    if (!this.#modals.fill(modal, values)) return;
    const data = this.#modals.data(modal);
    const { channel, source, trigger } = modal;
    const { outcome } = await this.#interactions.start({ type: 5, user, channel, data, source, trigger });
    if (outcome === "failed") this.#modals.failed(modal);
    else if (this.#modals.of(user) === modal) this.#modals.close(user);
  }

  dismiss(person: string): void {
    this.#modals.close(this.#eyes.user(person));
  }

  async #component(user: User, source: Message, component: Component, more: object): Promise<void> {
    const { type, id, custom_id } = component;
    const data = { component_type: type, id, custom_id, ...more };
    await this.#start({ type: 3, user, channel: source.channel, data, source });
  }

  async #start(request: InteractionRequest): Promise<void> {
    await this.#interactions.start(request);
  }

  #offered(user: User, channel: Channel): Command[] {
    const { guild } = this.#discord;
    const bits = guild.guildPermissions(user);
    const all = channel.recipient
      ? [...this.#commands.scope("").values()]
      : this.#commands.offered(guild.guild);
    return all.filter(({ default_member_permissions: needed }) => {
      if (needed === null || needed === undefined) return true;
      const wanted = BigInt(needed);
      return wanted === 0n ? (bits & P.administrator) !== 0n : (bits & wanted) === wanted;
    });
  }

  #mentioned(option: string): User | null {
    return this.#discord.guild.users.get(/^<@!?(\d+)>$/.exec(option)?.[1] ?? option) ?? null;
  }
}

function labelOf(button: Component): string {
  return [button.emoji?.name, button.label].filter(Boolean).join(" ");
}

function optionOf(menu: Component, wanted: string): string | null {
  const options = menu.options ?? [];
  const lower = wanted.toLowerCase();
  const found =
    options.find(({ value, label }) => value === wanted || label === wanted) ??
    options.find(({ label }) => label.toLowerCase().includes(lower));
  return found?.value ?? null;
}
