import type { components } from './schema';

type Schemas = components['schemas'];

/** A place on the scale of a competency, from 0, or not rated. */
export type Rating = number | null;

type RatingOf<T> = T extends Record<string, number> ? Record<string, Rating> : Rating;

/** A schema with its ratings as what they are. */
export type Rated<T> = T extends readonly (infer E)[]
  ? Rated<E>[]
  : T extends object
    ? {
        [K in keyof T]: K extends 'rating'
          ? Rating
          : K extends 'marks' | 'ratings'
            ? T[K] extends readonly unknown[]
              ? T[K]
              : RatingOf<T[K]>
            : Rated<T[K]>;
      }
    : T;

type Of<Name extends keyof Schemas> = Rated<Schemas[Name]>;

export type Instant = string;
export type Day = string;
export type List<T> = { items: T[]; nextCursor?: string | null };

export type PersonRef = Of<'PersonRef'>;
export type Money = Of<'MoneyAmount'>;
export type Reader = Of<'Reader'>;
export type Audience = Of<'Audience'>;
export type Bar = Of<'Bar'>;

export type Me = Of<'HomeMe'>;
export type Task = Of<'HomeTask'>;
export type AgainstRow = Of<'HomeAgainstRow'>;
export type Home = Of<'HomeOverview'>;
export type Team = Of<'HomeTeam'>;
export type TeamRow = Of<'HomeTeamRow'>;
export type AssessmentProgress = Of<'HomeSideState'>;

export type PersonRow = Of<'PeopleEntry'>;
export type Person = Of<'PeopleProfile'>;

export type RowIssue = Of<'SheetRowIssue'>;
export type ImportReport = Of<'SheetImportReport'>;

export type LadderBrief = Of<'LadderBrief'>;
export type Ladder = Of<'Ladder'>;
export type Level = Of<'LadderLevel'>;
export type RoleShape = Of<'LadderShape'>;
export type Competency = Of<'LadderCompetency'>;
export type LadderCell = Of<'LadderCell'>;
export type ScalePoint = Of<'LadderScalePoint'>;
export type Segment = Of<'LadderSegment'>;
export type LevelComparison = Of<'LadderComparison'>;
export type LevelComparisonRow = Of<'LadderComparisonRow'>;
export type ComparisonCell = Of<'LadderComparedCell'>;

export type Cycle = Of<'AssessmentCycle'>;
export type EvidenceBrief = Of<'EvidenceRef'>;
export type Evidence = Of<'EvidencePiece'>;
export type EvidenceInput = Of<'EvidenceDraft'>;

export type Assessment = Of<'Assessment'>;
export type AssessmentBrief = Of<'AssessmentSummary'>;
export type AssessmentItem = Of<'AssessmentItem'>;
export type Comparison = Of<'AssessmentSideBySide'>;
export type Side = Of<'AssessmentSide'>;

export type CaseRow = Of<'PromotionRow'>;
export type Case = Of<'PromotionCase'>;
export type Move = Schemas['PromotionMoving'];
export type Section = Of<'PromotionSection'>;
export type ProjectFacts = Of<'PromotionProject'>;
export type Claim = Of<'PromotionClaim'>;
export type Statement = Of<'PromotionStatement'>;
export type CaseRequest = Of<'PromotionRequest'>;
export type CoverageRow = Of<'PromotionCoverage'>;
export type Check = Of<'PromotionCheck'>;
export type Phase = Of<'PromotionPhase'>;
export type Seat = Of<'PromotionPanelMember'>;
export type Ballot = Of<'PromotionBallot'>;
export type Vote = NonNullable<Ballot['vote']>;
export type Confidence = NonNullable<Ballot['confidence']>;
export type PanelCase = Of<'PromotionBooth'>;
export type Tally = Of<'PromotionTally'>;
export type CriterionOutcome = Of<'SchemaCriterionOutcome'>;
export type DecisionInput = Of<'PromotionDeciding'>;
export type Decision = Of<'PromotionDecision'>;

export type BandRow = Of<'CompensationBandRow'>;
export type BandComparison = Of<'CompensationBandComparison'>;
export type MyBand = Of<'CompensationOwnBand'>;
export type Session = Of<'SessionsBrowser'>;
