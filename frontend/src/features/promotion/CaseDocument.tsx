import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Case, Section } from '../../api/types';
import { ui } from '../../components/ui';
import { ClaimSection } from './ClaimSection';
import { ProjectSection } from './ProjectSection';
import classes from './promotion.module.css';
import { useAddProject } from './queries';
import { Requests } from './Requests';
import { StatementSection } from './StatementSection';
import { type PartKey, parts, sectionsOf } from './sections';
import { TextSection } from './TextSection';

type Props = { promotion: Case; current: PartKey };

/** The packet as one document. Each section is edited in place. */
export function CaseDocument({ promotion, current }: Props) {
  useEffect(() => {
    document.getElementById(`part-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const mayAdd = promotion.canEdit.includes('summary');
  return (
    <article className={classes.document} aria-label="Packet">
      {parts.map(({ key, label }) => {
        const sections = sectionsOf(promotion, key);
        if (key === 'statement') return <StatementSection key={key} promotion={promotion} />;
        if (sections.length === 0 && !(key === 'project' && mayAdd)) return null;
        const many = key === 'claim' || key === 'project';
        return (
          <section key={key} id={`part-${key}`} className={classes.documentPart} aria-label={label}>
            {many && <h2 className={classes.partTitle}>{label}</h2>}
            {sections.map((section) => (
              <OneSection key={section.key} promotion={promotion} section={section} />
            ))}
            {key === 'project' && mayAdd && <AddProject id={promotion.id} />}
          </section>
        );
      })}
    </article>
  );
}

function OneSection({ promotion, section }: { promotion: Case; section: Section }) {
  const props = { promotion, section, editable: promotion.canEdit.includes(section.key) };
  return (
    <div className={classes.section} id={`section-${section.key}`}>
      {section.kind === 'project' && <ProjectSection {...props} />}
      {section.kind === 'claim' && <ClaimSection {...props} />}
      {section.kind !== 'project' && section.kind !== 'claim' && <TextSection {...props} />}
      <Requests promotion={promotion} sectionKey={section.key} title={section.title} />
    </div>
  );
}

function AddProject({ id }: { id: string }) {
  const add = useAddProject(id);
  return (
    <div className={ui.row}>
      <Button
        size="xs"
        leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        Add a project
      </Button>
      {add.error && <span className={ui.bad}>{add.error.message}</span>}
    </div>
  );
}
