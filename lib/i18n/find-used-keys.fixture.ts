import ts from "typescript";

/** Calls that give a translator; in an `await` as well. */
const SOURCES = /^(?:await )?(?:useTranslations|getTranslations)\((?:"([\w.]+)")?\)$/;
/** A translator as a parameter: `ReturnType<typeof useTranslations<"chat.kb">>`, `never` for the whole tree. */
const TYPE = /typeof useTranslations<(?:"([\w.]+)"|never)>/;

/**
 * The keys of the texts that the page's sources ask for, as in `chat.empty.title`. A key that is put together
 * counts as all that its type allows.
 */
export function findUsedKeys(): Set<string> {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const roots = ["app", "components", "lib"].flatMap((folder) =>
    ts.sys.readDirectory(folder, [".ts", ".tsx"], ["**/*.test.*", "**/*.fixture.*"]),
  );
  const program = ts.createProgram([...roots, "node_modules/next/types/global.d.ts"], options);
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node)) return;
    const prefix = prefixOf(translatorOf(node.expression), checker);
    const [key] = node.arguments;
    if (prefix === null || !key) return;
    for (const name of literalsOf(checker.getTypeAtLocation(key))) used.add(`${prefix}${name}`);
  };
  for (const file of program.getSourceFiles()) if (!file.fileName.includes("node_modules")) visit(file);
  return used;
}

/** `t` in `t(…)`, `t.rich(…)`, `t.has(…)`. */
function translatorOf(callee: ts.Expression): ts.Expression {
  return ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
}

/** What stands before every key of a translator, `""` or `"chat.kb."`; null for what is none. */
function prefixOf(expression: ts.Expression, checker: ts.TypeChecker): string | null {
  const direct = SOURCES.exec(expression.getText());
  if (direct) return toPrefix(direct[1]);
  if (!ts.isIdentifier(expression)) return null;
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (!declaration) return null;
  if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
    const match = SOURCES.exec(declaration.initializer.getText());
    return match ? toPrefix(match[1]) : null;
  }
  if (!ts.isParameter(declaration) || !declaration.type) return null;
  const alias = checker.getTypeFromTypeNode(declaration.type).aliasSymbol?.declarations?.[0];
  const written = ts.isTypeReferenceNode(declaration.type)
    ? (checker.getSymbolAtLocation(declaration.type.typeName)?.declarations?.[0] ?? alias)
    : alias;
  const match = TYPE.exec(`${declaration.type.getText()} ${written?.getText() ?? ""}`);
  return match ? toPrefix(match[1]) : null;
}

function toPrefix(namespace: string | undefined): string {
  return namespace ? `${namespace}.` : "";
}

function literalsOf(type: ts.Type): string[] {
  if (type.isUnion()) return type.types.flatMap(literalsOf);
  return type.isStringLiteral() ? [type.value] : [];
}
