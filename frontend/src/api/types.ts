import type { components } from './schema';

type Schemas = components['schemas'];

/** A place on the scale of a competency, from 0, or not rated. */
export type Rating = number | null;

export type Instant = string;
export type Day = string;
export type List<T> = { items: T[]; nextCursor?: string | null };

export type PersonRef = Schemas['PersonRef'];
export type Money = Schemas['MoneyAmount'];
export type Reader = Schemas['Reader'];
export type Audience = Schemas['Audience'];
export type Bar = Schemas['Bar'];

export type Me = Schemas['HomeMe'];
export type Task = Schemas['HomeTask'];
export type AgainstRow = Schemas['HomeAgainstRow'];
export type Home = Schemas['HomeOverview'];
export type Team = Schemas['HomeTeam'];
export type TeamRow = Schemas['HomeTeamRow'];
export type AssessmentProgress = Schemas['HomeSideState'];

export type PersonRow = Schemas['PeopleEntry'];
export type Person = Schemas['PeopleProfile'];

export type RowIssue = Schemas['SheetRowIssue'];
export type ImportReport = Schemas['SheetImportReport'];

export type LadderBrief = Schemas['LadderBrief'];
export type Ladder = Schemas['Ladder'];
export type Level = Schemas['LadderLevel'];
export type RoleShape = Schemas['LadderShape'];
export type Competency = Schemas['LadderCompetency'];
export type LadderCell = Schemas['LadderCell'];
export type ScalePoint = Schemas['LadderScalePoint'];
export type Segment = Schemas['LadderSegment'];
export type LevelComparison = Schemas['LadderComparison'];
export type LevelComparisonRow = Schemas['LadderComparisonRow'];
export type ComparisonCell = Schemas['LadderComparedCell'];

export type Cycle = Schemas['AssessmentCycle'];
export type EvidenceBrief = Schemas['EvidenceRef'];
export type Evidence = Schemas['EvidencePiece'];
export type EvidenceInput = Schemas['EvidenceDraft'];

export type Assessment = Schemas['Assessment'];
export type AssessmentBrief = Schemas['AssessmentSummary'];
export type AssessmentItem = Schemas['AssessmentItem'];
export type Comparison = Schemas['AssessmentSideBySide'];
export type Side = Schemas['AssessmentSide'];

export type CaseRow = Schemas['PromotionRow'];
export type Case = Schemas['PromotionCase'];
export type Move = Schemas['PromotionMoving'];
export type Section = Schemas['PromotionSection'];
export type ProjectFacts = Schemas['PromotionProject'];
export type Claim = Schemas['PromotionClaim'];
export type Statement = Schemas['PromotionStatement'];
export type CaseRequest = Schemas['PromotionRequest'];
export type CoverageRow = Schemas['PromotionCoverage'];
export type Check = Schemas['PromotionCheck'];
export type Phase = Schemas['PromotionPhase'];
export type Seat = Schemas['PromotionPanelMember'];
export type Ballot = Schemas['PromotionBallot'];
export type Vote = NonNullable<Ballot['vote']>;
export type Confidence = NonNullable<Ballot['confidence']>;
export type PanelCase = Schemas['PromotionBooth'];
export type Tally = Schemas['PromotionTally'];
export type CriterionOutcome = Schemas['SchemaCriterionOutcome'];
export type DecisionInput = Schemas['PromotionDeciding'];
export type Decision = Schemas['PromotionDecision'];

export type BandRow = Schemas['CompensationBandRow'];
export type BandComparison = Schemas['CompensationBandComparison'];
export type MyBand = Schemas['CompensationOwnBand'];
export type Session = Schemas['SessionsBrowser'];
