// Slack keeps emoji as short names: what people type as a character arrives as `:name:`, and reactions carry the name.

const NAMES: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  "100": "💯",
  alarm_clock: "⏰",
  angry: "😠",
  arrow_right: "➡️",
  ballot_box_with_check: "☑️",
  bangbang: "‼️",
  bar_chart: "📊",
  bell: "🔔",
  blush: "😊",
  bug: "🐛",
  bulb: "💡",
  calendar: "📆",
  chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉",
  clap: "👏",
  clock3: "🕒",
  confused: "😕",
  credit_card: "💳",
  cry: "😢",
  disappointed: "😞",
  email: "✉️",
  exclamation: "❗",
  eyes: "👀",
  face_with_monocle: "🧐",
  fire: "🔥",
  gift: "🎁",
  grin: "😁",
  grinning: "😀",
  hammer_and_wrench: "🛠️",
  heart: "❤️",
  heart_eyes: "😍",
  heavy_check_mark: "✔️",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  joy: "😂",
  key: "🔑",
  laughing: "😆",
  large_blue_circle: "🔵",
  large_green_circle: "🟢",
  large_orange_circle: "🟠",
  large_yellow_circle: "🟡",
  link: "🔗",
  lock: "🔒",
  loudspeaker: "📢",
  mag: "🔍",
  memo: "📝",
  moneybag: "💰",
  muscle: "💪",
  no_entry: "⛔",
  ok: "🆗",
  ok_hand: "👌",
  package: "📦",
  paperclip: "📎",
  pensive: "😔",
  phone: "☎️",
  point_down: "👇",
  point_right: "👉",
  point_up_2: "👆",
  pray: "🙏",
  pushpin: "📌",
  question: "❓",
  rage: "😡",
  raised_hands: "🙌",
  red_circle: "🔴",
  repeat: "🔁",
  rocket: "🚀",
  rotating_light: "🚨",
  scream: "😱",
  slightly_frowning_face: "🙁",
  slightly_smiling_face: "🙂",
  smile: "😄",
  smiley: "😃",
  sob: "😭",
  sos: "🆘",
  sparkles: "✨",
  speech_balloon: "💬",
  star: "⭐",
  stopwatch: "⏱️",
  sweat_smile: "😅",
  tada: "🎉",
  thinking_face: "🤔",
  ticket: "🎫",
  triangular_flag_on_post: "🚩",
  unlock: "🔓",
  upside_down_face: "🙃",
  warning: "⚠️",
  wave: "👋",
  weary: "😩",
  white_check_mark: "✅",
  wink: "😉",
  wrench: "🔧",
  x: "❌",
  zap: "⚡",
};

const ALIASES: Readonly<Record<string, string>> = { thumbsup: "+1", thumbsdown: "-1", envelope: "email" };
const bare = (character: string) => character.replaceAll("\uFE0F", "");
const BY_CHARACTER = new Map(Object.entries(NAMES).map(([name, character]) => [bare(character), name]));

/** Matches every emoji character the table knows, with or without its variation selector. */
export const EMOJI_SOURCE = `(?:${[...BY_CHARACTER.keys()].join("|")})\\uFE0F?`;

/** The short name of an emoji given as a character, as `:name:` or as a name (returned as it is). */
export function emojiName(emoji: string): string {
  const name = emoji.replace(/^:(.+):$/, "$1");
  return BY_CHARACTER.get(bare(name)) ?? ALIASES[name] ?? name;
}

/** The character a short name stands for, or null when the table lacks it. */
export function emojiCharacter(name: string): string | null {
  return NAMES[ALIASES[name] ?? name] ?? null;
}

/** Text with every known `:name:` replaced by its character, as the client shows it. */
export function showEmoji(text: string): string {
  if (!text.includes(":")) return text;
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiCharacter(name) ?? whole);
}
