import { useTranslations } from "next-intl";
import { AUTO_KB } from "@/components/chat/page/kb-picker";
import { agentTypeSchema } from "@/lib/domain/agent";
import { GENERAL_KB } from "@/lib/domain/knowledge-base";
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
  const kb = useTranslations("chat.kb");
  const { draft, original, knowledgeBases = [], onChange } = props;
  const known = [AUTO_KB, ...knowledgeBases.map(({ prefix }) => prefix), GENERAL_KB];
  return (
    <Field {...useFieldProps(props, "kb_prefix")}>
      {(control) => (
        <select
          {...control}
          value={draft.kb_prefix}
          onChange={({ target }) => onChange("kb_prefix", target.value)}
          className={CONTROL}
        >
          <option value={AUTO_KB}>{kb("auto")}</option>
          {knowledgeBases.map(({ prefix, title }) => (
            <option key={prefix} value={prefix}>
              {title}
            </option>
          ))}
          <option value={GENERAL_KB}>{kb("general")}</option>
          {known.includes(original.kb_prefix) ? null : (
            <option value={original.kb_prefix}>{original.kb_prefix}</option>
          )}
        </select>
      )}
    </Field>
  );
}

function AgentField(props: ReplayFormProps) {
  const agents = useTranslations("composer.agents");
  return (
    <Field {...useFieldProps(props, "agent_type")}>
      {(control) => (
        <select
          {...control}
          value={props.draft.agent_type}
          onChange={({ target }) => props.onChange("agent_type", target.value)}
          className={CONTROL}
        >
          {AGENTS.map((agent) => (
            <option key={agent} value={agent}>
              {agents(agent)}
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
