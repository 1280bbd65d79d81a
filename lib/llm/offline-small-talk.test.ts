import { describe, expect, it } from "vitest";
import { replyToSmallTalk } from "./offline-small-talk";

describe("small talk", () => {
  it.each([
    ["hi", /^Hello!/],
    ["Hello there!", /^Hello!/],
    ["  HEY  ", /^Hello!/],
    ["good morning", /^Hello!/],
    ["How are you?", /^Hello!/],
    ["你好", /^你好/],
    ["您好！", /^你好/],
    ["早上好", /^你好/],
    ["在吗？", /^你好/],
    ["Thanks!", /welcome/],
    ["thank you so much", /welcome/],
    ["好的，谢谢", /^不客气/],
    ["谢谢你的帮助", /^不客气/],
    ["bye", /^Goodbye/],
    ["See you later.", /^Goodbye/],
    ["再见", /^再见/],
    ["who are you?", /offline model/],
    ["What can you do?", /offline model/],
    ["help", /offline model/],
    ["你是谁？", /离线模型/],
    ["你能做什么", /离线模型/],
    ["介绍一下你自己", /离线模型/],
  ])("%j gets a short reply in its language", (message, reply) => {
    expect(replyToSmallTalk(message)).toMatch(reply);
  });

  it.each([
    "hi, how long are traces kept?",
    "What can Sidetrace do?",
    "Thanks, and how do I install it?",
    "help me install the agent",
    "你好，年假有多少天？",
    "谢谢，那怎么报销？",
    "How are you billed?",
    "Who are you allowed to share a key with?",
    "再见会怎么办理",
    "?",
    "",
  ])("%j is a question to the documents", (message) => {
    expect(replyToSmallTalk(message)).toBeNull();
  });
});
