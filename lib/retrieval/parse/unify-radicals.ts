/**
 * Radicals that are words of their own and their ideographs. Unicode has no decomposition for them (they are
 * in its list of equivalent unified ideographs), and fonts let PDFs say one for the other.
 */
const RADICALS = "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱";
const IDEOGRAPHS = "民虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜";

const IDEOGRAPH_OF = new Map([...RADICALS].map((radical, at) => [radical, [...IDEOGRAPHS][at] ?? radical]));

/** The text with ideographs in the place of the radicals that look like them, so that words are found. */
export function unifyRadicals(text: string): string {
  return text.replace(
    /[\u2e80-\u2fd5]/g,
    (radical) => IDEOGRAPH_OF.get(radical) ?? radical.normalize("NFKC"),
  );
}
