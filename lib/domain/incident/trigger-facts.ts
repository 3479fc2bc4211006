import type { Facts, FactDeclaration } from '@/lib/domain/rules/condition';

const declare = (type: FactDeclaration['type'], descriptions: Readonly<Record<string, string>>) =>
  Object.entries(descriptions).map(([id, description]) => [id, { id, type, description }] as const);

/** The facts obligation templates may ask for. Each is three-valued: nobody having said is not the same as no. */
export const TRIGGER_FACTS: ReadonlyMap<string, FactDeclaration> = new Map([
  ...declare('string', {
    entity_type: 'Entity type id of the sectors catalogue.',
    lex_specialis: "Law that goes before NIS2 for the entity's sector: 'dora' or 'none'.",
  }),
  ...declare('boolean', {
    in_scope: 'The entity is essential or important.',
    acts_as_controller: 'The entity is controller of the personal data concerned.',
    acts_as_processor: 'The entity is processor of the personal data concerned.',
    trust_service_provider: 'The entity provides trust services.',
    cer_critical_entity: 'The entity is a critical entity under Directive (EU) 2022/2557.',
    product_manufacturer: 'The entity makes products with digital elements.',
    ai_high_risk_provider: 'The entity is provider of the high-risk AI system concerned.',
    gpai_systemic_provider: 'The entity is provider of the general-purpose AI model with systemic risk concerned.',
    significant: 'The incident is significant, as decided by a named person.',
    recipients_may_be_affected: 'The significant incident is likely to affect services to recipients.',
    significant_cyber_threat: 'A significant cyber threat may reach recipients.',
    trust_services_affected: 'The incident affects the trust services of the entity.',
    personal_data_breach: 'Personal data were breached.',
    risk_to_persons_unlikely: 'The breach is unlikely to result in a risk to persons.',
    high_risk_to_persons: 'The breach is likely to result in a high risk to persons.',
    systemic_financial_entity: 'The authority has told the financial entity that it is significant or systemic.',
    major_ict_incident: 'The incident is classified as major under Delegated Regulation (EU) 2024/1772.',
    actively_exploited_vulnerability: 'A vulnerability of the product is actively exploited.',
    severe_product_incident: 'The incident has severe impact on the security of the product.',
    ai_serious_incident: 'Serious incident of a high-risk AI system, Article 3(49) of Regulation (EU) 2024/1689.',
    ai_death: 'A person died, or the AI system may have caused a death.',
    ai_widespread_or_critical:
      'Widespread infringement, or serious and irreversible disruption of critical infrastructure.',
    gpai_serious_incident: 'Serious incident of a general-purpose AI model with systemic risk.',
    trust_service_breach: 'Breach or disruption with significant impact on the trust service or its personal data.',
    essential_service_disrupted: 'The essential service is or could be significantly disrupted.',
    ongoing_when_final_due: 'The incident was still going on when the final report was due.',
  }),
]);

/** Events, as opposed to facts somebody could fail to state: an event nobody recorded has not happened. */
const NOT_HAPPENED: Facts = { ongoing_when_final_due: false };

/** Facts as templates evaluate them. */
export function withEvents(facts: Facts): Facts {
  return { ...NOT_HAPPENED, ...facts };
}
