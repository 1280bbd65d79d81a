import { PHRASES } from "./offline-phrases";
import { languageOf } from "./offline-words";

type Topic = "greeting" | "thanks" | "goodbye" | "about";

/** Whole messages only: a greeting with a question behind it is a question. */
const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  [
    "about",
    /^(?:(?:hi|hello|hey|你好|您好) )?(?:who|what) are you(?: exactly)?$|^what (?:can|do) you do(?: for me)?$|^(?:how )?can you help(?: me)?$|^how (?:do|can) (?:i|you) (?:use|work with) (?:you|this)$|^help$|^(?:what is|what's) your name$|^(?:你好|您好)?你是(?:谁|什么|哪位)[啊呀呢]?$|^你能(?:做|干|帮我做|帮我)(?:什么|些什么|啥|哪些事)[呢呀]?$|^你(?:会|可以)(?:做|干)?(?:什么|些什么|啥)[呢呀]?$|^你有(?:什么|哪些)功能$|^你叫什么(?:名字)?$|^(?:帮助|介绍一下(?:你)?自己|自我介绍一下?)$/,
  ],
  [
    "thanks",
    /^(?:ok(?:ay)? |great |perfect )?(?:many )?(?:thanks|thank you|thx|ty|cheers)(?: (?:a lot|so much|very much|you|for (?:your|the) help|again))*$|^(?:好的?|太好了)?(?:非常|十分|多)?(?:谢谢|感谢|多谢|谢了|谢啦)(?:你|您|啦|了|你的帮助|您的帮助)*$/,
  ],
  [
    "goodbye",
    /^(?:good ?bye|bye(?: bye)?|see you(?: (?:later|soon|tomorrow))?|good night|ciao|cya)(?: (?:then|for now))?$|^(?:再见|拜拜|回头见|晚安|下次见|明天见)[啦了吧]?$/,
  ],
  [
    "greeting",
    /^(?:hi+|hello+|hey+|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|greetings)(?: (?:there|all|everyone|again|sidetrace))*$|^(?:hi|hello|hey)? ?how are you(?: doing)?(?: today)?$|^(?:你好|您好|大家好|嗨|哈喽|哈啰|早上好|上午好|中午好|下午好|晚上好|早|在吗|在不在|hi|hello)[啊呀吗呢吧]*$/,
  ],
];

/** A short reply to a message that asks nothing of the documents; null for every other message. */
export function replyToSmallTalk(message: string): string | null {
  const bare = message
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[\s\p{P}\p{S}]+/gu, (mark) => (mark === "'" ? mark : " "))
    .trim();
  const candidates = [bare, bare.replaceAll(" ", "")];
  const topic = TOPICS.find(([, pattern]) => candidates.some((candidate) => pattern.test(candidate)))?.[0];
  return topic ? PHRASES[languageOf(message)][topic] : null;
}
