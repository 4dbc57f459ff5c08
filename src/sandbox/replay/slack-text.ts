// Slack's stored markup back into what somebody would type.

/**
 * Mentions of known people and channels stay `<@id>` and `<#id>`; others become names. Links become addresses, dates
 * their fallback, entities the characters they stand for. Linear in the length of the text.
 */
export function typedText(
  stored: string,
  personName: (id: string) => string | null,
  isChannel: (id: string) => boolean,
): string {
  const pieces = stored.split(/<([^<>\n]+)>/);
  return pieces
    .map((piece, index) =>
      index % 2 === 0 ? unescapeText(piece) : typedEntity(piece, personName, isChannel),
    )
    .join("");
}

function typedEntity(
  body: string,
  personName: (id: string) => string | null,
  isChannel: (id: string) => boolean,
): string {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? "" : unescapeText(body.slice(bar + 1));
  if (target.startsWith("@")) {
    const id = target.slice(1);
    return personName(id) === null ? `@${label || id}` : `<@${id}>`;
  }
  if (target.startsWith("#")) {
    const id = target.slice(1);
    return isChannel(id) ? `<#${id}>` : `#${label || id}`;
  }
  if (target.startsWith("!")) {
    if (target.startsWith("!date") || target.startsWith("!subteam")) return label || "@group";
    return `@${target.slice(1).split("^")[0]}`;
  }
  const address = unescapeText(target.replace(/^mailto:/, ""));
  const same =
    label === "" || address.replace(/^https?:\/\//, "").replace(/\/$/, "") === label.replace(/\/$/, "");
  return same || address === label ? address : `${label} (${address})`;
}

function unescapeText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
