import { Words } from '../../components/text/Words';
import { ui } from '../../components/ui';
import { EditableText } from './EditableText';
import classes from './promotion.module.css';
import { type SectionProps, useSection } from './useSection';

const summaryLimit = 120;

export function TextSection(props: SectionProps) {
  const { section, editable } = props;
  if (editable) return <Edited {...props} />;
  return (
    <>
      <h2 className={classes.sectionTitle}>{section.title}</h2>
      {section.text ? (
        <Words text={section.text} />
      ) : (
        <p className={ui.muted}>Nothing written yet</p>
      )}
    </>
  );
}

function Edited(props: SectionProps) {
  const autosave = useSection(props);
  const limit = props.section.kind === 'summary' ? { limit: summaryLimit } : {};
  return <EditableText {...props} autosave={autosave} label={props.section.title} {...limit} />;
}
