import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AssessmentDetail } from '@/lib/features/assessments/schema';
import type { ControlDetail } from '@/lib/features/catalogue/schema';
import { CommentThread } from '../comments/comment-thread';
import { ButtonLink } from '../ui/button-link';
import { Ladder } from '../ui/ladder';
import { LawLink } from '../ui/law-link';
import { PageHeader } from '../ui/page-header';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import { AssessmentEditor } from './assessment-editor';
import { AssessmentHistory } from './assessment-history';
import { ControlEntities } from './control-entities';
import { ControlReferences } from './control-references';
import styles from './controls.module.css';
import { EvidenceOfAssessment } from './evidence-of-assessment';
import { ExclusionPanel } from './exclusion-panel';

interface ControlViewProps {
  detail: ControlDetail;
  /** The entity (and unit) that is being looked at, when one is chosen. */
  assessment: AssessmentDetail | null;
  today: string;
  me: string;
  people: readonly { id: string; name: string }[];
  may: { exclude: boolean; approveExclusion: boolean; request: boolean; upload: boolean; comment: boolean };
}

/** A control: what it says, why, how far one entity is, with what proof – and everybody else below. */
export function ControlView({ detail, assessment, today, me, people, may }: ControlViewProps) {
  const t = useTranslations('controls');
  const titles = useTranslations('controlTitles');
  const layers = useTranslations('terms.layers');
  const { control } = detail;
  const levels = [0, 1, 2, 3, 4, 5].map((level) => control.maturity[`${level}` as '0']);
  return (
    <>
      <PageHeader
        title={titles(control.id)}
        trail={[
          { label: t('title'), href: '/controls' },
          { label: layers(control.layer), href: `/controls?layer=${control.layer}` },
        ]}
        state={control.key_control ? <StateChip tone="accent">{t('key')}</StateChip> : null}
        sentence={
          <>
            {control.id} ·{' '}
            {detail.obligations.slice(0, 4).map(({ id }) => (
              <span key={id}>
                <LawLink obligation={id} />{' '}
              </span>
            ))}
          </>
        }
        actions={<Neighbours neighbours={detail.neighbours} />}
      />
      <p className={styles.lead}>{control.statement}</p>
      {assessment && (
        <Section
          title={t('in', { entity: assessment.entityName + (assessment.unit ? `, ${assessment.unit.name}` : '') })}
          sentence={assessment.owner ? t('owned', { name: assessment.owner.name }) : t('unowned')}
          id="assessment"
        >
          <ExclusionPanel assessment={assessment} me={me} isKey={control.key_control} may={may} />
          {assessment.mayEdit && assessment.applicability !== 'excluded' ? (
            <AssessmentEditor
              key={`${assessment.id} ${assessment.version}`}
              assessment={assessment}
              levels={levels}
              people={people}
              hasPrimaryProof={hasPrimaryProof(detail, assessment)}
            />
          ) : (
            <Ladder
              levels={levels}
              documentation={assessment.documentation}
              implementation={assessment.implementation}
              target={assessment.target}
            />
          )}
        </Section>
      )}
      <div className={styles.columns}>
        <div>
          {assessment && (
            <EvidenceOfAssessment assessment={assessment} detail={detail} today={today} people={people} may={may} />
          )}
          <Section title={t('everywhere')} sentence={t('everywhereSentence')}>
            <ControlEntities control={control.id} rows={detail.entities} current={assessment?.id ?? null} />
          </Section>
          {!assessment && (
            <Section title={t('ladder')}>
              <Ladder levels={levels} documentation={null} implementation={null} target={null} />
            </Section>
          )}
        </div>
        <div>
          <ControlReferences detail={detail} />
          {assessment && <AssessmentHistory assessment={assessment} />}
          {assessment && <CommentThread subject={{ assessment: assessment.id }} mayWrite={may.comment} />}
        </div>
      </div>
    </>
  );
}

function Neighbours({ neighbours: { previous, next } }: { neighbours: ControlDetail['neighbours'] }) {
  const t = useTranslations('controls');
  return (
    <>
      {previous && <ButtonLink href={`/controls/${previous}`}>{t('previous')}</ButtonLink>}
      {next && <ButtonLink href={`/controls/${next}`}>{t('next')}</ButtonLink>}
      <Link href="/controls" className="only-screen-reader">
        {t('title')}
      </Link>
    </>
  );
}

/** Level 3 asks for fresh accepted proof of the primary type (scoring.json, level_conditions). */
function hasPrimaryProof(detail: ControlDetail, assessment: AssessmentDetail): boolean {
  const primary = new Set(detail.evidenceTypes.filter(({ isPrimary }) => isPrimary).map(({ id }) => id));
  return assessment.evidence.some(({ state, type }) => state === 'accepted' && primary.has(type));
}
