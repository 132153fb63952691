import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { NotFound } from '../components/page/states';
import { type Kind, kinds } from '../features/explain/queries';
import { Root } from './Root';
import { flag, oneOf, text } from './search';

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });
const at = () => root;

const home = createRoute({
  getParentRoute: at,
  path: '/',
  component: lazyRouteComponent(() => import('../features/home/HomePage')),
});
const ladders = createRoute({
  getParentRoute: at,
  path: '/ladders',
  component: lazyRouteComponent(() => import('../features/ladder/LaddersPage')),
});
/** The way a ladder is viewed. */
const explored = (search: Record<string, unknown>) => ({
  view: oneOf(search.view, ['grid', 'map', 'about'] as const),
  q: text(search.q),
  lang: text(search.lang),
});
const ladder = createRoute({
  getParentRoute: at,
  path: '/ladders/$slug',
  validateSearch: (search) => ({ version: text(search.version), ...explored(search) }),
  component: lazyRouteComponent(() => import('../features/ladder/LadderPage')),
});
const level = createRoute({
  getParentRoute: at,
  path: '/ladders/$slug/levels/$code',
  validateSearch: (search) => ({
    version: text(search.version),
    lang: text(search.lang),
    delta: flag(search.delta),
  }),
  component: lazyRouteComponent(() => import('../features/ladder/LevelPage')),
});
const publicLadder = createRoute({
  getParentRoute: at,
  path: '/public/ladders/$slug',
  validateSearch: explored,
  component: lazyRouteComponent(() => import('../features/ladder/PublicLadderPage')),
});
const publicLevel = createRoute({
  getParentRoute: at,
  path: '/public/ladders/$slug/levels/$code',
  validateSearch: (search) => ({ lang: text(search.lang) }),
  component: lazyRouteComponent(
    () => import('../features/ladder/PublicLadderPage'),
    'PublicLevelPage',
  ),
});
const compare = createRoute({
  getParentRoute: at,
  path: '/ladders/$slug/compare',
  validateSearch: (search) => ({
    levels: text(search.levels),
    only: flag(search.only),
    examples: flag(search.examples),
    version: text(search.version),
  }),
  component: lazyRouteComponent(() => import('../features/ladder/ComparePage')),
});
const versions = createRoute({
  getParentRoute: at,
  path: '/ladders/$slug/versions',
  validateSearch: (search) => ({ from: text(search.from), to: text(search.to) }),
  component: lazyRouteComponent(() => import('../features/ladder-editor/VersionsPage')),
});
const drafts = createRoute({
  getParentRoute: at,
  path: '/ladder-drafts',
  component: lazyRouteComponent(() => import('../features/ladder-editor/DraftsPage')),
});
const draft = createRoute({
  getParentRoute: at,
  path: '/ladder-drafts/$id',
  validateSearch: (search) => ({ tab: text(search.tab) }),
  component: lazyRouteComponent(() => import('../features/ladder-editor/DraftPage')),
});
const assessments = createRoute({
  getParentRoute: at,
  path: '/assessments',
  validateSearch: (search) => ({ target: text(search.target) }),
  component: lazyRouteComponent(() => import('../features/assessment/MyAssessmentsPage')),
});
const assessment = createRoute({
  getParentRoute: at,
  path: '/assessments/$id',
  validateSearch: (search) => ({ c: text(search.c) }),
  component: lazyRouteComponent(() => import('../features/assessment/AssessmentPage')),
});
const comparison = createRoute({
  getParentRoute: at,
  path: '/comparisons/$id',
  component: lazyRouteComponent(() => import('../features/assessment/ComparisonPage')),
});
const evidence = createRoute({
  getParentRoute: at,
  path: '/evidence',
  validateSearch: (search) => ({
    competency: text(search.competency),
    q: text(search.q),
    new: flag(search.new),
    edit: text(search.edit),
  }),
  component: lazyRouteComponent(() => import('../features/evidence/EvidencePage')),
});
const team = createRoute({
  getParentRoute: at,
  path: '/team',
  validateSearch: (search) => ({ show: oneOf(search.show, ['turn', 'late', 'case'] as const) }),
  component: lazyRouteComponent(() => import('../features/team/TeamPage')),
});
const assess = createRoute({
  getParentRoute: at,
  path: '/team/$personId/assess',
  component: lazyRouteComponent(() => import('../features/team/AssessPage')),
});
const cases = createRoute({
  getParentRoute: at,
  path: '/cases',
  validateSearch: (search) => ({
    scope: oneOf(search.scope, ['mine', 'managed', 'all'] as const),
    state: text(search.state),
  }),
  component: lazyRouteComponent(() => import('../features/promotion/CasesPage')),
});
const promotion = createRoute({
  getParentRoute: at,
  path: '/cases/$id',
  validateSearch: (search) => ({ s: text(search.s) }),
  component: lazyRouteComponent(() => import('../features/promotion/CasePage')),
});
const decision = createRoute({
  getParentRoute: at,
  path: '/cases/$id/decision',
  component: lazyRouteComponent(() => import('../features/promotion/DecisionPage')),
});
const casePanel = createRoute({
  getParentRoute: at,
  path: '/cases/$id/panel',
  component: lazyRouteComponent(() => import('../features/panel/CasePanelPage')),
});
const panel = createRoute({
  getParentRoute: at,
  path: '/panel',
  component: lazyRouteComponent(() => import('../features/panel/PanelPage')),
});
const ballot = createRoute({
  getParentRoute: at,
  path: '/panel/$caseId',
  validateSearch: (search) => ({ s: text(search.s) }),
  component: lazyRouteComponent(() => import('../features/panel/BallotPage')),
});
const people = createRoute({
  getParentRoute: at,
  path: '/people',
  validateSearch: (search) => ({
    q: text(search.q),
    level: text(search.level),
    location: text(search.location),
    unit: text(search.unit),
    sort: oneOf(search.sort, ['name', 'pay'] as const),
  }),
  component: lazyRouteComponent(() => import('../features/people/PeoplePage')),
});
const org = createRoute({
  getParentRoute: at,
  path: '/org',
  validateSearch: (search) => ({ person: text(search.person) }),
  component: lazyRouteComponent(() => import('../features/people/OrgPage')),
});
const units = createRoute({
  getParentRoute: at,
  path: '/units',
  component: lazyRouteComponent(() => import('../features/people/UnitsPage')),
});
const person = createRoute({
  getParentRoute: at,
  path: '/people/$id',
  component: lazyRouteComponent(() => import('../features/people/PersonPage')),
});
const handover = createRoute({
  getParentRoute: at,
  path: '/people/$id/handover',
  component: lazyRouteComponent(() => import('../features/people/HandoverPage')),
});
const caseStart = createRoute({
  getParentRoute: at,
  path: '/people/$id/case',
  validateSearch: (search) => ({ from: text(search.from), to: text(search.to) }),
  component: lazyRouteComponent(() => import('../features/promotion/StartPage')),
});
const settings = createRoute({
  getParentRoute: at,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/company/SettingsPage')),
});
const bands = createRoute({
  getParentRoute: at,
  path: '/bands',
  validateSearch: (search) => ({
    asOf: text(search.asOf),
    location: text(search.location),
    track: text(search.track),
    unit: text(search.unit),
    view: oneOf(search.view, ['people', 'buckets'] as const),
    level: text(search.level),
  }),
  component: lazyRouteComponent(() => import('../features/bands/BandsPage')),
});
const imports = createRoute({
  getParentRoute: at,
  path: '/imports',
  validateSearch: (search) => ({
    kind: oneOf(search.kind, ['people', 'bands', 'pay'] as const),
    job: text(search.job),
  }),
  component: lazyRouteComponent(() => import('../features/imports/ImportsPage')),
});
const myBand = createRoute({
  getParentRoute: at,
  path: '/me/band',
  component: lazyRouteComponent(() => import('../features/pay/MyBandPage')),
});
const sessions = createRoute({
  getParentRoute: at,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../features/sessions/SessionsPage')),
});

const technologies = createRoute({
  getParentRoute: at,
  path: '/me/technologies',
  component: lazyRouteComponent(() => import('../features/technology/TechnologiesPage')),
});
const readers = createRoute({
  getParentRoute: at,
  path: '/me/readers',
  component: lazyRouteComponent(() => import('../features/record/ReadersPage')),
});
const myRecord = createRoute({
  getParentRoute: at,
  path: '/me/record',
  component: lazyRouteComponent(() => import('../features/record/MyRecordPage')),
});
const corrections = createRoute({
  getParentRoute: at,
  path: '/corrections',
  component: lazyRouteComponent(() => import('../features/record/CorrectionsPage')),
});
const roles = createRoute({
  getParentRoute: at,
  path: '/roles',
  component: lazyRouteComponent(() => import('../features/roles/RolesPage')),
});
const tokens = createRoute({
  getParentRoute: at,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../features/tokens/TokensPage')),
});
const audit = createRoute({
  getParentRoute: at,
  path: '/audit',
  validateSearch: (search) => ({
    tab: oneOf(search.tab, ['trail', 'evaluations', 'proof'] as const),
    action: text(search.action),
    person: text(search.person),
    from: text(search.from),
    to: text(search.to),
    evaluation: text(search.evaluation),
  }),
  component: lazyRouteComponent(() => import('../features/audit/AuditPage')),
});
const explain = createRoute({
  getParentRoute: at,
  path: '/explain',
  validateSearch: (search) => ({
    resource: oneOf(search.resource, Object.keys(kinds) as Kind[]),
    id: text(search.id),
    person: text(search.person),
  }),
  component: lazyRouteComponent(() => import('../features/explain/ExplainPage')),
});

const tree = root.addChildren([
  home,
  ladders,
  ladder,
  level,
  publicLadder,
  publicLevel,
  compare,
  versions,
  drafts,
  draft,
  assessments,
  assessment,
  comparison,
  evidence,
  team,
  assess,
  cases,
  promotion,
  decision,
  casePanel,
  panel,
  ballot,
  people,
  person,
  handover,
  caseStart,
  settings,
  org,
  units,
  bands,
  imports,
  myBand,
  sessions,
  technologies,
  readers,
  myRecord,
  corrections,
  roles,
  tokens,
  audit,
  explain,
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPreloadDelay: 80,
  scrollRestoration: true,
  scrollToTopSelectors: ['[data-scroll]'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
