/** A passage with sentences that it says in these or other words, and sentences that it does not say. */
interface SupportPair {
  passage: string;
  says: string[];
  denies: string[];
}

export const SUPPORT_PAIRS: readonly SupportPair[] = [
  {
    passage:
      "When you rotate an API key, the old key enters the retiring state. It stays valid for the grace period of 24 hours. After that it is revoked.",
    says: [
      "The old key stays valid for 24 hours",
      "Rotating an API key puts the old key into the `retiring` state.",
      "After the grace period the old key is revoked.",
    ],
    denies: [
      "The old key stays valid for 72 hours",
      "The old key does not enter the retiring state.",
      "Rotation needs the approval of an administrator and a second factor.",
    ],
  },
  {
    passage:
      "Employees have 25 days of vacation a year. Up to five days can be carried over until 31 March. Carried-over days are not paid out.",
    says: [
      "You can carry over up to 5 days until 31 March.",
      "There are 25 vacation days a year.",
      "Days that were carried over are not paid out.",
    ],
    denies: [
      "You can carry over up to 10 days until 31 March.",
      "Carried-over days are paid out.",
      "Vacation has to be requested in Workday by the end of January.",
    ],
  },
  {
    passage:
      "| Plan | Retention | Price |\n|---|---|---|\n| Team | 30 days | $49 |\n| Business | 180 days | $199 |\n| Enterprise | unlimited | on request |",
    says: [
      "Business keeps data for 180 days",
      "The Team plan costs $49.",
      "Enterprise: unlimited retention, price on request",
    ],
    denies: [
      "Business keeps data for 365 days",
      "The Team plan costs $79.",
      "Enterprise includes a dedicated support engineer",
    ],
  },
  {
    passage:
      "Set `AGENT_PORT` to the port on which the agent listens. The default is 4317. The agent runs on Linux and macOS.",
    says: [
      "The default port is 4317",
      "`AGENT_PORT` sets the port on which the agent listens.",
      "The agent runs on macOS and Linux",
    ],
    denies: [
      "The default port is 8080",
      "`AGENT_HOST` sets the address on which the agent listens.",
      "The agent runs on Windows",
    ],
  },
  {
    passage:
      "员工每年享有十五天带薪年假。未休完的年假最多可以结转5天，须在次年3月31日前使用。结转的年假不能折算成工资。",
    says: [
      "每年有 15 天带薪年假",
      "未休完的年假最多可结转 5 天，次年 3 月 31 日前使用",
      "结转的年假不能折算成工资",
    ],
    denies: ["每年有 20 天带薪年假", "结转的年假可以折算成工资", "年假需要提前两周在系统中提交申请"],
  },
  {
    passage: "报销单须在费用发生后30天内提交，由部门经理审批。市内交通每月上限为300元，超出部分不予报销。",
    says: ["报销单要在费用发生后三十天内提交", "市内交通每月最多报销 300 元", "报销由部门经理审批"],
    denies: [
      "报销单要在费用发生后 90 天内提交",
      "市内交通超出部分也予以报销",
      "住宿标准为一线城市每晚六百元",
    ],
  },
];
