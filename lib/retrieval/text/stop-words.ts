import { segment } from "./segment";

/** Words that say how something is asked, not what about; greetings and thanks belong to them. */
const ENGLISH = `
a about above after again against all almost along already also although always am among an and another any
anybody anyone anything are aren't around as ask at away back be became because become been before being
below best better between both but by bye came can can't cannot come could couldn't did didn't do does
doesn't doing don't done down each either else enough etc even ever every everybody everyone everything
explain few find for from further get gets getting give given gives go goes going gonna good goodbye got
great had hadn't happen happened happens has hasn't have haven't having he hello help her here hers herself
hey hi him himself his how however i i'd i'll i'm i've if in instead into is isn't it it's its itself just
keep know known let let's like likely look made make makes making many may maybe me mean means meant might
mine more morning most much must my myself need needed needs neither never nice no nobody none nor not
nothing now of off often ok okay on once one ones only onto or other others ought our ours ourselves out
over own per perhaps please possible put quite rather really said same say says see seem seems shall she
should shouldn't show since so some somebody someone something sometimes soon sorry still such sure take
takes tell than thank thanks that that's the their theirs them themselves then there there's these they
they're thing things this those though through thus till time to today together too toward try two under
until up upon us use used uses using usually very via want wanted wants was wasn't way ways we we're well
were weren't what what's whatever when whenever where wherever whether which while who who's whom whose why
will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
yourselves
`;

const CHINESE = `
的 地 得 了 着 过 吗 呢 吧 啊 呀 哦 嗯 嘛 么 和 与 及 以及 或 或者 还是 而 而且 但 但是
因为 所以 如果 那么 虽然 是 不是 是否 有 没有 没 不 无 也 都 就 才 还 又 再 很 太 更 最
非常 比较 在 于 从 到 向 对 对于 关于 把 被 让 给 为 为了 以 用 由 将 会 能 能够 可以 可
可能 应该 应当 要 需要 必须 想 想要 我 我们 我的 你 你们 你的 您 他 她 它 他们 它们 自己
大家 这 这个 这些 这里 这样 那 那个 那些 那里 那样 此 其 其他 其它 某 各 每 每个 一 一个
一些 一下 一种 两 几 几个 多少 多少天 几天 几次 几点 多长 多长时间 多大 多远 什么 什么样 怎么
怎么办 怎么样 怎样 如何 哪 哪个 哪些 哪里 哪儿 谁 为什么 为何 何时 什么时候 多久 请 请问 告诉
说 讲 问 知道 介绍 解释 帮 帮我 帮忙 帮助 看 看看 做 做什么 进行 使用 时 时候 之 之后 之前
后 前 里 里面 中 上 下 内 外 个 些 种 次 并 并且 同时 然后 只 只有 已 已经 正在 你好 您好
谢谢 感谢 再见 早上好 好 好的 嗨 哈喽 对不起 没关系 东西 事情 问题 怎 办 样 于是 等 等等
有没有 能不能 是什么 有什么 多 少 大 小
`;

let terms: ReadonlySet<string> | null = null;

/** Whether a term of `segment` carries no subject of its own, in English or Chinese. */
export function isStopWord(term: string): boolean {
  terms ??= new Set(segment(`${ENGLISH} ${CHINESE}`));
  return terms.has(term);
}
