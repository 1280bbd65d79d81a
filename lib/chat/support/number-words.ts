const ENGLISH: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
};
const ENGLISH_WORDS = new RegExp(`\\b(?:${Object.keys(ENGLISH).join("|")})\\b`, "gi");
const DIGITS = "零一二三四五六七八九";
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** Chinese numerals that count something; elsewhere the characters are parts of words. */
const CHINESE =
  /[零一二两三四五六七八九十百千]+(?=\s*(?:个|天|日|周|月|年|小时|分钟|秒|元|次|名|人|倍|条|份|级|岁|页|步|种))/g;

/** The text with its number words as digits, so that "three days", "三天" and "3 天" say the same. */
export function withDigits(text: string): string {
  return text
    .replace(ENGLISH_WORDS, (word) => String(ENGLISH[word.toLowerCase()]))
    .replace(CHINESE, (numeral) => String(readChinese(numeral)));
}

/** 二十三 is 23, 一百零五 105, 十 10. */
function readChinese(numeral: string): number {
  let total = 0;
  let digit = 0;
  for (const character of numeral.replaceAll("两", "二")) {
    const place = PLACES[character];
    if (place === undefined) digit = DIGITS.indexOf(character);
    else {
      total += (digit || 1) * place;
      digit = 0;
    }
  }
  return total + digit;
}

/** The numbers of a text in one spelling: no thousands separators, number words as digits. */
export function numbersIn(text: string): string[] {
  const found = withDigits(text).matchAll(/\d+(?:[.,:]\d+)*/g);
  return [...new Set([...found].map(([number]) => number.replace(/,(?=\d{3}\b)/g, "")))];
}
