// Tone that must not move a tier, in both languages: the list of the issue and its like.

export const TONES: Readonly<Record<string, (text: string) => string>> = {
  capitals: (text) => text.toUpperCase(),
  "!!!": (text) => `${text}!!!`,
  ASAP: (text) => `${text} ASAP`,
  "ASAP!!!": (text) => `${text} ASAP!!!`,
  "URGENT:": (text) => `URGENT: ${text}`,
  "URGENTE:": (text) => `URGENTE: ${text}`,
  "es urgente": (text) => `${text}, es urgente`,
  "this is urgent": (text) => `${text}. This is urgent!`,
  "lo antes posible": (text) => `${text}, lo antes posible`,
  "no rush": (text) => `${text}, no rush`,
  "cuando puedan": (text) => `${text}, cuando puedan`,
  "whenever you can": (text) => `${text} whenever you can`,
  "sin prisa": (text) => `Sin prisa: ${text}`,
  "alarmed emoji": (text) => `${text} 😡🚨`,
  "friendly emoji": (text) => `${text} 🙂🙏`,
  "capitals and !!!": (text) => `${text.toUpperCase()}!!!`,
};
