import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import type { Bar } from '../../api/types';
import { CaseBar } from '../bar/CaseBar';
import { PathLink } from '../links';
import { cx, ui } from '../ui';
import classes from './page.module.css';

export type Crumb = { label: string; path?: string };

type Props = {
  title: string;
  /** Replaces the title in the browser tab and in the path. */
  shortTitle?: string;
  crumbs?: Crumb[];
  /** What identifies the screen, beside the title. */
  chips?: ReactNode;
  subtitle?: ReactNode;
  /** The one solid button, and what belongs beside it. */
  action?: ReactNode;
  /** Quiet actions at the right of the top bar. */
  top?: ReactNode;
  bar?: Bar | null | undefined;
  barSteps?: boolean;
  /** What the bar is about, as the explanation page names it: "packet&id=…". */
  about?: string;
  beforeBar?: ReactNode;
  /** Panes that scroll separately below a fixed head. */
  panes?: boolean;
  children: ReactNode;
};

/** The frame of every screen: top bar, title, chips, primary action, case bar, content. */
export function Page(props: Props) {
  const { title, shortTitle = title, crumbs = [], panes, children } = props;
  const heading = useRouteFocus();
  useEffect(() => {
    document.title = `${shortTitle} · Rung`;
  }, [shortTitle]);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Path crumbs={crumbs} here={shortTitle} />
        <div className={classes.topActions}>{props.top}</div>
      </header>
      <div className={panes ? classes.fixed : classes.scroll} data-scroll={panes ? undefined : ''}>
        <div
          className={panes ? classes.head : classes.lead}
          data-bare={!props.bar && !props.subtitle}
        >
          <div className={classes.title}>
            <div className={classes.titleWords}>
              <h1 ref={heading} tabIndex={-1}>
                {title}
              </h1>
              {props.chips}
            </div>
            {props.action && <div className={cx(ui.row, classes.action)}>{props.action}</div>}
          </div>
          {props.subtitle && (
            <div className={cx(ui.small, ui.second, classes.subtitle)}>{props.subtitle}</div>
          )}
          {props.beforeBar}
          {props.bar && (
            <CaseBar bar={props.bar} steps={props.barSteps ?? true} about={props.about} />
          )}
        </div>
        {children}
      </div>
    </div>
  );
}

function Path({ crumbs, here }: { crumbs: Crumb[]; here: string }) {
  const back = crumbs.findLast((crumb) => crumb.path);
  return (
    <nav className={classes.path} aria-label="Path">
      {back?.path && (
        <PathLink path={back.path} className={cx(ui.phoneOnly, classes.back)}>
          <IconChevronLeft size={16} stroke={1.5} aria-hidden="true" />
          <span className={classes.hiddenWords}>Back to {back.label}</span>
        </PathLink>
      )}
      {crumbs.map((crumb) => (
        <Fragment key={crumb.label}>
          {crumb.path ? (
            <PathLink path={crumb.path} className={cx(ui.wideOnly, classes.crumb)}>
              {crumb.label}
            </PathLink>
          ) : (
            <span className={ui.wideOnly}>{crumb.label}</span>
          )}
          <IconChevronRight size={14} stroke={1.5} aria-hidden="true" className={ui.wideOnly} />
        </Fragment>
      ))}
      <span className={cx(classes.here, ui.cut)}>{here}</span>
    </nav>
  );
}

let lastPath: string | undefined;
let moved = false;

/** Moves the focus to the title after a change of route, so that it is read out. The first page is left alone. */
function useRouteFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  useEffect(() => {
    const changed = lastPath !== undefined && lastPath !== path;
    const lost = moved && document.activeElement === document.body;
    lastPath = path;
    moved ||= changed;
    if (changed || lost) heading.current?.focus({ preventScroll: true });
  }, [path]);
  return heading;
}
