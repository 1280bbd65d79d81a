import { useTranslations } from "next-intl";
import { AUTO_KB } from "@/components/chat/page/kb-picker";
import { agentTypeSchema } from "@/lib/domain/agent";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import { CONTROL, Field } from "./field";
import { LIMITS, type ReplayFormProps, useFieldProps } from "./form-props";
import { SystemPromptField } from "./system-prompt-field";

const AGENTS = agentTypeSchema.options.filter((agent) => agent !== "fusion_agent");
/** Every setting that a replay can change. */
export function ReplayForm(props: ReplayFormProps) {
  const t = useTranslations("debug.replay");
  const { extractive } = props;
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-3 max-sm:grid-cols-1">
      <KnowledgeBaseField {...props} />
      <AgentField {...props} />
      <NumberField {...props} field="top_k" />
      <NumberField {...props} field="context_tokens" />
      <Field {...useFieldProps(props, "model")} hint={extractive ? t("extractive") : null}>
        {(control) => (
          <input
            {...control}
            value={props.draft.model}
            spellCheck={false}
            onChange={({ target }) => props.onChange("model", target.value)}
            className={CONTROL}
          />
        )}
      </Field>
      <NumberField {...props} field="temperature" placeholder={t("modelDefault")} />
      <SystemPromptField {...props} />
    </div>
  );
}

function KnowledgeBaseField(props: ReplayFormProps) {
  const t = useTranslations("chat.kb");
  const { draft, original, knowledgeBases = [], onChange } = props;
  const titles = new Map([
    [AUTO_KB, t("auto")],
    ...knowledgeBases.map(({ prefix, title }): [string, string] => [prefix, title]),
    [GENERAL_KB, t("general")],
  ]);
  if (!titles.has(original.kb_prefix)) titles.set(original.kb_prefix, original.kb_prefix);
  const field = useFieldProps(props, "kb_prefix", (prefix) => titles.get(prefix) ?? prefix);
  return (
    <Choice
      field={field}
      value={draft.kb_prefix}
      choices={titles}
      onChange={(next) => onChange("kb_prefix", next)}
    />
  );
}

function AgentField(props: ReplayFormProps) {
  const t = useTranslations("composer.agents");
  const { draft, onChange } = props;
  const names = new Map(AGENTS.map((agent): [string, string] => [agent, t(agent)]));
  const field = useFieldProps(props, "agent_type", (agent) => names.get(agent) ?? agent);
  return (
    <Choice
      field={field}
      value={draft.agent_type}
      choices={names}
      onChange={(next) => onChange("agent_type", next)}
    />
  );
}

interface ChoiceProps {
  field: ReturnType<typeof useFieldProps>;
  value: string;
  /** Values with their names. */
  choices: ReadonlyMap<string, string>;
  onChange(value: string): void;
}

function Choice({ field, value, choices, onChange }: ChoiceProps) {
  return (
    <Field {...field}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={CONTROL}
        >
          {[...choices].map(([choice, name]) => (
            <option key={choice} value={choice}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberFieldProps extends ReplayFormProps {
  field: keyof typeof LIMITS;
  placeholder?: string;
}

/** A text field with digits: a browser's number field would hide what it cannot read. */
function NumberField({ field, placeholder, ...props }: NumberFieldProps) {
  const t = useTranslations("debug.replay");
  const { min, max } = LIMITS[field];
  return (
    <Field {...useFieldProps(props, field)} hint={t("range", { min, max })}>
      {(control) => (
        <input
          {...control}
          inputMode="decimal"
          value={props.draft[field]}
          placeholder={placeholder}
          onChange={({ target }) => props.onChange(field, target.value)}
          className={`${CONTROL} tabular-nums`}
        />
      )}
    </Field>
  );
}
