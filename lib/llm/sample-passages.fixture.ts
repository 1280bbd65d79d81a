import { formatPrompt } from "@/lib/domain/prompt-format";
import type { ModelMessage } from "./language-model";

export interface SamplePassage {
  title: string;
  heading: string;
  text: string;
}

/** Passages of an invented product's documentation, for tests. */
export const SAMPLE_PASSAGES = {
  retention: {
    title: "Data and retention",
    heading: "Data and retention › How long data is kept",
    text: "Traces are kept for 30 days on the Team plan and for 400 days on the Enterprise plan. The clock starts when a trace ends. After that it is removed for good, e.g. from backups too.",
  },
  plans: {
    title: "Plans",
    heading: "Plans › Single sign-on",
    text: "Single sign-on comes with the Enterprise plan. It works with every OpenID provider [3]. Team accounts sign in by e-mail.",
  },
  install: {
    title: "Getting started",
    heading: "Getting started › Install the agent",
    text: "The agent runs on Linux and macOS. Install it in three steps:\n\n1. Download the package:\n   ```bash\n   curl -O https://example.com/agent.tgz\n   ```\n2. Unpack it into `/opt/agent`.\n3. Start it with `agentctl up`.\n\nThe agent then shows up in the console within a minute.",
  },
  settings: {
    title: "Settings",
    heading: "Settings › Agent settings",
    text: "The agent reads its settings from the environment.\n\n| name | default | meaning |\n|---|---|---|\n| `AGENT_PORT` | `4317` | Port on which the agent listens. |\n| `AGENT_BUFFER_MB` | `64` | Memory for traces that wait for the network. |\n| `AGENT_LOG` | `info` | How much the agent logs: `debug`, `info` or `error`. |",
  },
  alerts: {
    title: "Alerts",
    heading: "Alerts › Channels",
    text: "Alerts can be sent to these channels:\n\n- E-mail, to up to ten addresses.\n- Slack, through a webhook.\n- PagerDuty, with an integration key.\n\nAn alert that nobody acknowledges is repeated after 15 minutes.",
  },
  leave: {
    title: "员工手册",
    heading: "员工手册 › 年假",
    text: "全职员工每年有 15 天年假。年假须提前两周在系统里申请，由直属经理批准。没有休完的年假最多可以结转 5 天到下一年。",
  },
  expenses: {
    title: "报销指南",
    heading: "报销指南 › 怎样报销",
    text: "费用发生后 30 天内提交报销。步骤如下：\n\n1. 在系统里新建报销单。\n2. 上传发票。\n3. 提交给经理审批。\n\n| 项目 | 标准 |\n|---|---|\n| 团队聚餐 | 每人 200 元 |\n| 夜间打车 | 实报实销，限市内 |",
  },
} satisfies Record<string, SamplePassage>;

export type SampleName = keyof typeof SAMPLE_PASSAGES;

/** The messages of a chat in which the given passages, numbered from 1, stand before the question. */
export function samplePrompt(
  question: string,
  passages: readonly SamplePassage[] = Object.values(SAMPLE_PASSAGES),
  earlier: readonly ModelMessage[] = [],
): ModelMessage[] {
  const numbered = passages.map((passage, index) => ({
    ...passage,
    n: index + 1,
    passage_id: `p${index + 1}`,
  }));
  const { content } = formatPrompt({ passages: numbered, question });
  return [{ role: "system", content: "Answer from the passages." }, ...earlier, { role: "user", content }];
}

/** The number under which a sample stands in `samplePrompt(question)`. */
export function numberOf(name: SampleName): number {
  return Object.keys(SAMPLE_PASSAGES).indexOf(name) + 1;
}
