export type Instant = string;
export type Day = string;
export type Rating = 0 | 1 | 2 | 3 | null;
export type Vote = 'approve' | 'not_yet' | 'decline';
export type Confidence = 'low' | 'medium' | 'high';

export type PersonRef = { id: string; name: string; level?: string | null; title?: string | null };
export type LevelRef = { code: string; title: string };
export type Money = { minor: number; currency: string };
export type List<T> = { items: T[]; nextCursor?: string | null };

export type Reader = { who: string; why: string };
export type Audience = {
  icon: 'only' | 'named' | 'panel' | 'everyone';
  words: string;
  now: Reader[];
  next: Reader[];
  nextWhen: string | null;
};
export type Bar = {
  state: string;
  words: string;
  step: number;
  steps: number;
  turn: { you: boolean; words: string };
  dueAt: Instant | null;
  audience: Audience;
};

export type Me = {
  person: PersonRef & {
    email: string;
    location: string;
    timeZone: string;
    track: string;
    managerName: string | null;
  };
  company: string;
  roles: string[];
  isManager: boolean;
  can: string[];
  badges: {
    assessment: { done: number; total: number; dueAt: Instant | null } | null;
    promotion: number;
    team: number;
    panel: number;
  };
};

export type Task = {
  kind:
    | 'assessment'
    | 'review'
    | 'comparison'
    | 'case'
    | 'ballot'
    | 'decision'
    | 'panel'
    | 'import';
  title: string;
  detail: string;
  dueAt: Instant | null;
  late: boolean;
  progress: { done: number; total: number } | null;
  action: string;
  href: string;
};
export type AgainstRow = {
  competency: string;
  name: string;
  rating: Rating;
  evidence: number;
  newestOn: Day | null;
};
export type Home = {
  tasks: Task[];
  waiting: Task[];
  level: {
    code: string;
    title: string;
    track: string;
    since: Day | null;
    managerName: string | null;
    ladderSlug: string | null;
    next: LevelRef[];
  };
  against: {
    assessmentId: string;
    target: LevelRef;
    state: string;
    ladderVersion: string;
    rows: AgainstRow[];
  } | null;
  evidence: EvidenceBrief[];
  readers: { who: string; what: string; at: Instant }[];
};

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  title: string;
  track: string;
  level: string;
  location: string;
  unit: { id: string; name: string } | null;
  manager: PersonRef | null;
  status: string;
  pay?: Money;
};
export type Employment = {
  validFrom: Day;
  validTo: Day | null;
  level: string;
  track: string;
  title: string;
  location: string;
  unit: string | null;
  manager: string | null;
  reason: string;
};
export type Person = PersonRow & {
  timeZone: string;
  workingHours: string;
  fte: number;
  employment: Employment[];
};
export type PeopleList = List<PersonRow> & { maskedFields: string[] };
export type PeopleFacets = {
  levels: { code: string; title: string; track: string }[];
  locations: string[];
  units: { id: string; name: string }[];
};

export type RowIssue = {
  line?: number;
  column?: number;
  field?: string;
  file?: string;
  message: string;
  fix?: string;
};
export type ImportReport = {
  file: string;
  dryRun: boolean;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  missing: number;
  columns: { header: string; field: string | null }[];
  warnings: RowIssue[];
  changes: { line: number; key: string; kind: 'added' | 'changed'; fields: string[] }[];
};

export type LadderBrief = {
  slug: string;
  name: string;
  version: string;
  effectiveFrom: Day;
  levels: number;
  competencies: number;
};
export type RoleShape = {
  codingShare: number;
  reportsMin: number;
  reportsMax: number;
  writesReviews: boolean;
  yearsMin: number | null;
  yearsMax: number | null;
};
export type Level = {
  code: string;
  track: string;
  title: string;
  shortTitle: string;
  ordinal: number;
  summary: string;
  equivalent: string[];
  next: string[];
  shape: RoleShape;
};
export type Point = { uid: string; text: string };
export type LadderCell = {
  level: string;
  points: Point[];
  examples: string[];
  antiExamples: string[];
};
export type Competency = {
  code: string;
  name: string;
  category: string;
  description: string;
  cells: LadderCell[];
};
export type ScalePoint = { point: number; key: string; label: string; meaning: string };
export type Ladder = {
  slug: string;
  name: string;
  version: string;
  effectiveFrom: Day;
  hash: string;
  audience: string;
  tracks: { code: string; name: string; kind: 'ic' | 'management' }[];
  levels: Level[];
  categories: { code: string; name: string }[];
  scale: ScalePoint[];
  competencies: Competency[];
};
export type Segment = { text: string; change: 'same' | 'new' | 'removed' };
export type ComparisonCell = LadderCell & { segments: Segment[] };
export type LevelComparisonRow = {
  competency: string;
  name: string;
  category: string;
  changed: number;
  total: number;
  cells: ComparisonCell[];
};
export type LevelComparison = {
  ladder: { slug: string; name: string; version: string };
  base: string;
  levels: Level[];
  shape: { level: string; parts: { text: string; change: 'same' | 'new' }[] }[];
  rows: LevelComparisonRow[];
  unchanged: string[];
};

export type Cycle = {
  id: string;
  name: string;
  ladderSlug: string;
  ladderVersion: string;
  opensOn: Day;
  selfDueAt: Instant;
  managerDueAt: Instant;
  state: string;
};

export type Link = { url: string; label: string };
export type EvidenceBrief = {
  id: string;
  title: string;
  happenedFrom: Day;
  happenedTo: Day | null;
  competencies: string[];
};
export type Evidence = EvidenceBrief & {
  version: number;
  body: string;
  links: Link[];
  confirmedBy: PersonRef | null;
  attachedTo: number;
};
export type EvidenceInput = Pick<
  Evidence,
  'title' | 'body' | 'happenedFrom' | 'happenedTo' | 'links' | 'competencies'
>;

export type AssessmentItem = {
  competency: string;
  name: string;
  category: string;
  version: number;
  rating: Rating;
  reason: string;
  evidence: EvidenceBrief[];
  previous: { rating: Rating; when: string } | null;
  baseText: Segment[];
  targetText: Segment[];
};
export type AssessmentItemInput = { rating: Rating; reason: string; evidenceIds: string[] };
export type AssessmentBrief = {
  id: string;
  kind: 'self' | 'manager';
  state: 'draft' | 'submitted';
  subject: PersonRef;
  author: PersonRef;
  cycle: { id: string; name: string };
  target: LevelRef;
  dueAt: Instant | null;
  submittedAt: Instant | null;
};
export type Assessment = AssessmentBrief & {
  version: number;
  ladder: { slug: string; name: string; version: string };
  base: LevelRef;
  bar: Bar;
  items: AssessmentItem[];
  comparisonId: string | null;
  canEdit: boolean;
};
export type Side = { rating: Rating; reason: string; evidence: EvidenceBrief[] };
export type Comparison = {
  id: string;
  subject: PersonRef;
  manager: PersonRef;
  cycle: { id: string; name: string };
  ladder: { slug: string; name: string; version: string };
  base: LevelRef;
  target: LevelRef;
  bar: Bar;
  rows: {
    competency: string;
    name: string;
    category: string;
    self: Side;
    manager: Side;
    apart: number;
  }[];
  agreed: string[];
  caseId: string | null;
  canOpenCase: boolean;
};

export type AssessmentProgress = {
  state: 'none' | 'draft' | 'submitted';
  done: number;
  total: number;
  late: boolean;
  dueAt: Instant | null;
  assessmentId: string | null;
};
export type TeamRow = {
  person: PersonRef;
  target: LevelRef | null;
  self: AssessmentProgress;
  review: AssessmentProgress;
  case: { id: string; words: string; turn: string; dueAt: Instant | null } | null;
  comparisonId: string | null;
  next: {
    action: string;
    kind: 'assess' | 'continue' | 'compare' | 'open_case' | 'case' | 'wait' | 'remind';
    href: string | null;
  };
};
export type Team = {
  cycle: { id: string; name: string } | null;
  bar: Bar | null;
  rows: TeamRow[];
  readiness: { person: PersonRef; target: string; ratings: Record<string, Rating> }[];
  competencies: { code: string; name: string; short: string }[];
};

export type CaseRow = {
  id: string;
  person: PersonRef;
  fromLevel: string;
  toLevel: string;
  bar: Bar;
  href: string;
};
export type ProjectFacts = {
  from: Day | null;
  to: Day | null;
  role: string;
  scope: string;
  outcome: string;
  tradeoff: string;
  links: Link[];
  competencies: string[];
};
export type Claim = { competency: string; rating: Rating; evidence: EvidenceBrief[] };
export type Section = {
  key: string;
  kind: 'summary' | 'project' | 'mentoring' | 'organisation' | 'gaps' | 'claim';
  title: string;
  version: number;
  text: string;
  project: ProjectFacts | null;
  claim: Claim | null;
};
export type SectionInput = {
  title?: string;
  text: string;
  project?: ProjectFacts;
  claim?: { rating: Rating; evidenceIds: string[] };
};
export type Statement = {
  text: string;
  recommendation: 'for' | 'not_yet' | null;
  version: number;
  audience: Audience;
};
export type CaseRequest = {
  id: string;
  sectionKey: string;
  text: string;
  author: PersonRef;
  at: Instant;
  doneAt: Instant | null;
};
export type CoverageRow = {
  competency: string;
  name: string;
  rating: Rating;
  pieces: { confirmed: boolean }[];
  newestOn: Day | null;
  flag: 'none' | 'old' | 'request' | null;
};
export type Check = {
  ok: boolean;
  level: 'error' | 'warn';
  text: string;
  sectionKey: string | null;
};
export type Phase = {
  key: string;
  words: string;
  state: 'done' | 'now' | 'todo';
  on: Day | null;
  by: Instant | null;
};
export type Case = {
  id: string;
  version: number;
  person: PersonRef;
  manager: PersonRef;
  kind: 'promotion' | 'track_switch';
  from: LevelRef;
  to: LevelRef;
  ladder: { slug: string; name: string; version: string };
  state: string;
  bar: Bar;
  phases: Phase[];
  sections: Section[];
  statement?: Statement | null;
  requests: CaseRequest[];
  coverage: CoverageRow[];
  checks: Check[];
  readingMinutes: number;
  packetHash: string | null;
  submittedAt: Instant | null;
  effectiveOn: Day | null;
  actions: string[];
  canEdit: string[];
  seatId: string | null;
  decisionReady: boolean;
};
export type Seat = {
  id: string;
  person: PersonRef;
  chair: boolean;
  state: 'seated' | 'recused';
  why: string | null;
};
export type SeatCandidate = { person: PersonRef; eligible: boolean; why: string | null };

export type BallotInput = {
  marks: Record<string, Rating>;
  reasons: Record<string, string>;
  vote: Vote | null;
  confidence: Confidence | null;
  reason: string;
  notes: string;
};
export type Ballot = BallotInput & {
  version: number;
  state: 'draft' | 'sealed';
  sealedAt: Instant | null;
  sealedHash: string | null;
  changedSinceSeal: boolean;
  missing: string[];
  closesAt: Instant | null;
  bar: Bar;
};
export type PanelCase = {
  caseId: string;
  person: PersonRef;
  fromLevel: string;
  toLevel: string;
  readingMinutes: number;
  closesAt: Instant | null;
  mine: 'unread' | 'draft' | 'sealed' | 'recused';
  bar: Bar;
};
export type VoteCounts = { approve: number; not_yet: number; decline: number };
export type Tally = {
  counts: VoteCounts;
  valid: number;
  quorum: number;
  quorate: boolean;
  outcome: string;
  rule: string;
  criteria: { competency: string; name: string; marks: number[]; spread: number }[];
  ballots: {
    seat: string;
    vote: Vote | null;
    confidence: Confidence | null;
    marks: Record<string, Rating>;
    reasons: Record<string, string>;
    reason: string;
  }[];
};
export type CriterionOutcome = { competency: string; outcome: 'met' | 'not_yet'; reason: string };
export type DecisionInput = {
  criteria: CriterionOutcome[];
  reasons: string;
  effectiveOn: Day | null;
};
export type Decision = {
  outcome: 'approved' | 'deferred' | 'declined';
  words: string;
  reasons: string;
  criteria: (CriterionOutcome & { name?: string })[];
  counts: VoteCounts;
  valid: number;
  quorum: number;
  rule: string;
  decidedAt: Instant;
  effectiveOn: Day | null;
  signedBy: PersonRef | null;
  communicatedAt: Instant | null;
  hash: string;
};

export type Buckets = {
  below: number;
  q1: number;
  q2: number;
  q3: number;
  q4: number;
  above: number;
};
export type BandRow = {
  level: string;
  title: string;
  track: string;
  location: string;
  currency: string;
  min: number;
  mid: number;
  max: number;
  headcount: number;
  medianPay: number | null;
  meanPay: number | null;
  compa: { p10: number; p50: number; p90: number } | null;
  below: number;
  above: number;
  costToMin: number | null;
  midStep: {
    from: string;
    percent: number;
    check: 'ok' | 'low' | 'high' | null;
    expected: string | null;
  } | null;
  overlap: { percent: number; with: string } | null;
  hidden: boolean;
  people?: { id: string; name: string; pay: number; bucket: string }[];
  buckets?: Buckets | null;
};
export type BandComparison = {
  asOf: Day;
  set: { id: string; name: string; status: string; validFrom: Day };
  basis: string;
  computedFrom: { snapshotVersion: number; people: number; bands: number };
  locations: { code: string; currency: string; people: number }[];
  smallGroup: number;
  rows: BandRow[];
  heat: {
    location: string;
    cells: { level: string; headcount: number; medianCompa: number | null; hidden: boolean }[];
  }[];
  outside: {
    person: PersonRef;
    level: string;
    location: string;
    bucket: 'below' | 'above';
    compa: number;
    pay: Money;
    gap: Money;
  }[];
  warnings: { level: string; text: string }[];
  totals: { people: number; below: number; above: number; costToMin: Money | null };
};
export type Figure = { name: string; formula: string; substituted: string; value: string };
export type MyBand = {
  band: {
    level: string;
    location: string;
    currency: string;
    min: number;
    mid: number;
    max: number;
  };
  pay: Money;
  fte: number;
  compa: number;
  bucket: string;
  set: { name: string; validFrom: Day };
};
export type Session = {
  id: string;
  startedAt: Instant;
  lastSeenAt: Instant;
  userAgent: string;
  current: boolean;
};
